using ConcurrencySpecs.Exploration;

/// <summary>The end of a timer, for those who must know that no callback is under way any more.</summary>
public sealed class The_end_of_a_timer
{
    [Theory, InlineData("handle"), InlineData("task")]
    public void comes_after_its_last_callback(string way) => Exhausts(async () =>
    {
        using var ended = new ManualResetEvent(false);
        bool inside = false;
        var timer = new Timer(_ =>
        {
            Volatile.Write(ref inside, true);
            Thread.Yield();
            Volatile.Write(ref inside, false);
        }, null, 10, 10);
        if (way == "task") await timer.DisposeAsync();
        else
        {
            Assert.True(timer.Dispose(ended));
            ended.WaitOne();
        }
        Assert.False(Volatile.Read(ref inside));
    });

    [Fact]
    public void is_told_once() => Assert.True(Explore.Every(() =>
    {
        using ManualResetEvent first = new(false), second = new(false);
        var timer = new Timer(_ => { });
        Assert.True(timer.Dispose(first));
        Assert.False(timer.Dispose(second));
        first.WaitOne();
        Assert.False(second.WaitOne(0));
    }).Exhausted);

    [Fact]
    public void taken_for_come_when_the_timer_is_disposed_is_found() =>
        Assert.Contains("Assert.False", Assert.Throws<ExplorationFailedException>(() =>
        {
            Explore.Every(() =>
        {
            bool inside = false;
            var timer = new Timer(_ =>
            {
                Volatile.Write(ref inside, true);
                Volatile.Write(ref inside, false);
            }, null, 10, Timeout.Infinite);
            timer.Dispose();
            Assert.False(Volatile.Read(ref inside));
        });
        }).ToString(), StringComparison.Ordinal);

    [Fact]
    public void waited_for_by_its_own_callback_is_found() =>
        Assert.Contains("Deadlock", Assert.Throws<ExplorationFailedException>(() =>
        {
            Explore.Every(() =>
        {
            using ManualResetEvent ended = new(false), done = new(false);
            Timer? timer = null;
            timer = new Timer(_ =>
            {
                timer!.Dispose(ended);
                ended.WaitOne();
                done.Set();
            });
            timer.Change(10, Timeout.Infinite);
            done.WaitOne();
        });
        }).ToString(), StringComparison.Ordinal);

    private static void Exhausts(Func<Task> body)
    {
        ExplorationResult result = Explore.Every(body);
        Assert.True(result.Exhausted && result.Schedules > 1, result.ToString());
    }
}
