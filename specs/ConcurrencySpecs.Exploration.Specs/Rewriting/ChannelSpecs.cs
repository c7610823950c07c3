using System.Reflection;
using System.Threading.Channels;
using ConcurrencySpecs.Exploration;

/// <summary>The platform's own channels, rewritten with the program: no twin stands between.</summary>
public sealed class A_channel_under_exploration
{
    [Fact]
    public void hands_over_what_was_written() => Exhausts(async () =>
    {
        Channel<int> channel = Channel.CreateUnbounded<int>();
        Task writing = Task.Run(() => channel.Writer.TryWrite(7));
        Assert.Equal(7, await channel.Reader.ReadAsync());
        await writing;
    });

    [Fact]
    public void makes_a_writer_wait_while_it_is_full() => Exhausts(async () =>
    {
        Channel<int> channel = Channel.CreateBounded<int>(1);
        Task writing = Task.Run(async () =>
        {
            for (int i = 1; i <= 2; i++) await channel.Writer.WriteAsync(i);
            channel.Writer.Complete();
        });
        Assert.Equal(1, await channel.Reader.ReadAsync());
        Assert.Equal(2, await channel.Reader.ReadAsync());
        await channel.Reader.Completion;
        await writing;
    });

    // dotnet/runtime issue 132094: the token that is cancelled just while a reader registers with it leaves a reader behind that is completed twice,
    // and an item is lost. Runtimes with the correction have a field that says so.
    [Fact]
    public void loses_no_item_to_a_reader_that_is_cancelled_or_is_caught_at_it()
    {
        bool corrected = typeof(Channel).Assembly.GetType("System.Threading.Channels.AsyncOperation")?
            .GetField("_isCancelable", BindingFlags.Instance | BindingFlags.NonPublic) is not null;
        if (corrected) Exhausts(Cancelled);
        else Finds("the item is lost", Cancelled);

        static async Task Cancelled()
        {
            Channel<int> channel = Channel.CreateUnbounded<int>(new() { AllowSynchronousContinuations = true });
            using var cancel = new CancellationTokenSource();
            Task cancelling = Task.Run(cancel.Cancel), writing = Task.Run(() => channel.Writer.TryWrite(7));
            bool read = false;
            try
            {
                read = await channel.Reader.ReadAsync(cancel.Token) == 7;
            }
            catch (OperationCanceledException)
            {
                Assert.True(cancel.IsCancellationRequested);
            }

            await writing;
            await cancelling;
            if (!read && !channel.Reader.TryRead(out _)) throw new InvalidOperationException("the item is lost");
        }
    }

    [Fact]
    public void is_waited_for_with_a_time_out() => Exhausts(async () =>
    {
        Channel<int> channel = Channel.CreateUnbounded<int>();
        Task writing = Task.Run(() => channel.Writer.TryWrite(7));
        Task<bool> ready = channel.Reader.WaitToReadAsync().AsTask();
        bool inTime = await Task.WhenAny(ready, Task.Delay(10)) == ready;
        await writing;
        Assert.True(await ready);
        Assert.True(channel.Reader.TryRead(out _) || !inTime);
    });

    [Fact]
    public void that_is_left_out_is_refused_by_name() => Assert.Contains("Channel.CreateUnbounded", Assert.Throws<ExplorationFailedException>(
        () => { Explore.Every(() => Channel.CreateUnbounded<int>(), ExplorationOptions.Default.LeaveOut("System.Threading.Channels")); }).Message,
        StringComparison.Ordinal);

    [Fact]
    public void that_nobody_completes_is_found() => Finds("Deadlock", async () =>
    {
        Channel<int> channel = Channel.CreateUnbounded<int>();
        Task writing = Task.Run(() => channel.Writer.TryWrite(7));
        int sum = 0;
        await foreach (int item in channel.Reader.ReadAllAsync()) sum += item;
        await writing;
    });

    [Fact]
    public void whose_items_are_counted_before_they_are_taken_is_found() => Finds("ChannelClosedException", async () =>
    {
        Channel<int> channel = Channel.CreateUnbounded<int>();
        channel.Writer.TryWrite(7);
        channel.Writer.Complete();
        async Task Take()
        {
            if (channel.Reader.Count > 0) await channel.Reader.ReadAsync();
        }
        await Task.WhenAll(Task.Run(Take), Task.Run(Take));
    });

    private static void Exhausts(Func<Task> body) => Assert.True(Explore.Every(body).Exhausted);

    private static void Finds(string what, Func<Task> body) =>
        Assert.Contains(what, Assert.Throws<ExplorationFailedException>(() => Explore.Every(body)).ToString(), StringComparison.Ordinal);
}
