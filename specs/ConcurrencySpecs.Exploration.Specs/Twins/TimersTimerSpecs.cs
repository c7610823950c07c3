using ConcurrencySpecs.Exploration;

/// <summary>The timer of <see cref="System.Timers"/>, on virtual time.</summary>
public sealed class A_timer_with_an_event
{
    [Fact]
    public void fires_once_or_is_stopped_before()
    {
        var seen = new Tally<int>();
        Exhausts(() =>
        {
            int fired = 0;
            using var timer = new System.Timers.Timer(10) { AutoReset = false };
            timer.Elapsed += (_, e) => Interlocked.Add(ref fired, e.SignalTime > DateTime.MinValue ? 1 : 0);
            timer.Start();
            timer.Stop();
            seen.Add(Volatile.Read(ref fired));
        });
        Assert.Equal([0, 1], seen.Values.Order());
    }

    [Fact]
    public void fires_again_and_again_until_it_is_closed() => Exhausts(() =>
    {
        using var fired = new SemaphoreSlim(0);
        using var timer = new System.Timers.Timer(TimeSpan.FromMilliseconds(10));
        timer.Elapsed += (_, _) => fired.Release();
        timer.Enabled = true;
        fired.Wait();
        fired.Wait();
        timer.Close();
        Assert.False(timer.Enabled);
    });

    [Fact]
    public void begins_when_it_is_initialised() => Assert.True(Explore.Every(() =>
    {
        using var fired = new ManualResetEventSlim();
        using var timer = new System.Timers.Timer();
        timer.BeginInit();
        timer.Interval = 10;
        timer.AutoReset = false;
        timer.Elapsed += (_, _) => fired.Set();
        timer.Enabled = true;
        Assert.False(timer.Enabled);
        timer.EndInit();
        fired.Wait();
        Assert.False(timer.Enabled);
        Assert.Throws<ArgumentException>(() => timer.Interval = 0);
        timer.Dispose();
        Assert.Throws<ObjectDisposedException>(timer.Start);
    }).Exhausted);

    [Fact]
    public void loses_what_its_handler_throws() => Assert.True(Explore.Every(() =>
    {
        using var fired = new ManualResetEventSlim();
        using var timer = new System.Timers.Timer(10) { AutoReset = false };
        timer.Elapsed += (_, _) =>
        {
            fired.Set();
            throw new InvalidOperationException("lost");
        };
        timer.Start();
        fired.Wait();
    }).Exhausted);

    [Fact]
    public void taken_for_quiet_once_it_is_stopped_is_found() =>
        Assert.Contains("Assert.Equal", Assert.Throws<ExplorationFailedException>(() =>
        {
            Explore.Every(() =>
        {
            int inside = 0;
            using var timer = new System.Timers.Timer(10) { AutoReset = false };
            timer.Elapsed += (_, _) =>
            {
                Interlocked.Increment(ref inside);
                Interlocked.Decrement(ref inside);
            };
            timer.Start();
            timer.Stop();
            Assert.Equal(0, Volatile.Read(ref inside));
        });
        }).ToString(), StringComparison.Ordinal);

    [Fact]
    public void answers_as_outside()
    {
        string outside = Told();
        Explore.Every(() => Assert.Equal(outside, Told()));

        static string Told()
        {
            using var timer = new System.Timers.Timer(12.5);
            string told = $"{timer.Interval} {timer.AutoReset} {timer.Enabled} {timer.SynchronizingObject is null}";
            timer.Interval = 12.5;
            return $"{told} {timer.Interval} {Record.Exception(() => new System.Timers.Timer(0))?.GetType().Name} {new System.Timers.Timer().Interval}";
        }
    }

    private static void Exhausts(Action body)
    {
        ExplorationResult result = Explore.Every(body);
        Assert.True(result.Exhausted && result.Schedules > 1, result.ToString());
    }
}
