using ConcurrencySpecs.Exploration;

/// <summary>What <c>using</c> disposes, rewritten in memory: the compiler calls through an interface, on structs by a constrained call.</summary>
public sealed class Disposal_under_exploration
{
    // Once ended as "Stuck": the registration was disposed by the real type, which waits in earnest for a callback that waits for a twin of a lock.
    [Fact]
    public void of_a_registration_waits_for_its_callback_as_a_step() => Exhausts(() =>
    {
        var mailbox = new Mailbox();
        using var source = new CancellationTokenSource();
        Task cancelling = Task.Run(source.Cancel);
        try
        {
            mailbox.Take(source.Token);
        }
        catch (OperationCanceledException)
        {
        }
        finally
        {
            cancelling.GetAwaiter().GetResult();
        }
    });

    [Fact]
    public void of_a_registration_lets_what_follows_see_its_callback_done_or_never_run() => Exhausts(() =>
    {
        using var source = new CancellationTokenSource();
        bool begun = false, done = false;
        Task cancelling = Task.Run(source.Cancel);
        using (source.Token.Register(() =>
        {
            begun = true;
            done = true;
        }))
        {
        }

        Assert.Equal(begun, done);
        cancelling.Wait();
    });

    [Fact]
    public void of_a_registration_that_is_awaited_does_so_too() => Exhausts(async () =>
    {
        using var source = new CancellationTokenSource();
        bool begun = false, done = false;
        Task cancelling = Task.Run(source.Cancel);
        await using (source.Token.Register(() =>
        {
            begun = true;
            done = true;
        }))
        {
        }

        Assert.Equal(begun, done);
        await cancelling;
    });

    // Once ended as "CancelAfter threw ObjectDisposedException".
    [Fact]
    public void of_a_source_stops_its_timer() => Exhausts(() =>
    {
        using (new CancellationTokenSource(TimeSpan.FromMilliseconds(5)))
        {
        }

        Thread.Sleep(10);
    });

    // Once ended as "Deadlock": what goes on without the context went on in the thread pool.
    [Fact]
    public void that_is_awaited_without_the_context_goes_on_as_a_step() => Exhausts(async () =>
    {
        var box = new Box();
        await using (box.ConfigureAwait(false))
        {
        }

        Assert.Equal(1, box.Closed);
    });

    private static void Exhausts(Action body) => Assert.True(Explore.Every(body).Exhausted);

    private static void Exhausts(Func<Task> body) => Assert.True(Explore.Every(body).Exhausted);

    private sealed class Box : IAsyncDisposable
    {
        public int Closed { get; private set; }

        public async ValueTask DisposeAsync()
        {
            await Task.Yield();
            Closed++;
        }
    }

    /// <summary>A waiting consumer that a token can call away.</summary>
    private sealed class Mailbox
    {
        private readonly Queue<int> _items = new();

        public int Take(CancellationToken cancel)
        {
            using CancellationTokenRegistration wake = cancel.Register(Interrupt);
            lock (_items)
            {
                while (_items.Count == 0)
                {
                    cancel.ThrowIfCancellationRequested();
                    Monitor.Wait(_items);
                }

                return _items.Dequeue();
            }
        }

        private void Interrupt()
        {
            lock (_items) Monitor.PulseAll(_items);
        }
    }
}
