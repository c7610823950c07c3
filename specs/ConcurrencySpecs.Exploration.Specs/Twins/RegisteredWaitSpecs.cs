using ConcurrencySpecs.Exploration;

/// <summary>A callback for when a handle is signalled, or not in time.</summary>
public sealed class A_registered_wait
{
    [Fact]
    public void calls_back_for_each_signal() => Exhausts(() =>
    {
        using var signal = new AutoResetEvent(false);
        using var called = new SemaphoreSlim(0);
        using var ended = new ManualResetEvent(false);
        int expired = 0;
        RegisteredWaitHandle wait = ThreadPool.RegisterWaitForSingleObject(signal, (_, late) =>
        {
            if (late) Interlocked.Increment(ref expired);
            called.Release();
        }, null, Timeout.Infinite, executeOnlyOnce: false);
        for (int i = 0; i < 2; i++)
        {
            signal.Set();
            called.Wait();
        }
        Assert.True(wait.Unregister(ended));
        Assert.False(wait.Unregister(null));
        ended.WaitOne();
        Assert.Equal(0, expired);
    });

    [Theory, InlineData("uint"), InlineData("long"), InlineData("span"), InlineData("unsafe")]
    public void is_signalled_or_expires_once(string way)
    {
        var seen = new Tally<bool>();
        Exhausts(() =>
        {
            using var signal = new ManualResetEventSlim();
            using var called = new ManualResetEvent(false);
            bool expired = false;
            WaitOrTimerCallback callback = (state, late) =>
            {
                expired = late;
                ((ManualResetEvent)state!).Set();
            };
            _ = way switch
            {
                "uint" => ThreadPool.RegisterWaitForSingleObject(signal.WaitHandle, callback, called, 10u, true),
                "long" => ThreadPool.RegisterWaitForSingleObject(signal.WaitHandle, callback, called, 10L, true),
                "span" => ThreadPool.RegisterWaitForSingleObject(signal.WaitHandle, callback, called, TimeSpan.FromMilliseconds(10), true),
                _ => ThreadPool.UnsafeRegisterWaitForSingleObject(signal.WaitHandle, callback, called, 10, true),
            };
            Task setting = Task.Run(signal.Set);
            called.WaitOne();
            setting.Wait();
            seen.Add(expired);
        });
        Assert.Equal([false, true], seen.Values.Order());
    }

    [Fact]
    public void unregistered_without_waiting_for_the_callback_under_way_is_found() => Finds("Assert.False", () =>
    {
        using var signal = new AutoResetEvent(true);
        bool inside = false;
        RegisteredWaitHandle wait = ThreadPool.RegisterWaitForSingleObject(signal, (_, _) =>
        {
            Volatile.Write(ref inside, true);
            Volatile.Write(ref inside, false);
        }, null, -1, executeOnlyOnce: true);
        wait.Unregister(null);
        Assert.False(Volatile.Read(ref inside));
    });

    [Fact]
    public void waited_for_in_its_own_callback_is_found() => Finds("Deadlock", () =>
    {
        using ManualResetEvent signal = new(true), ended = new(false), done = new(false), registered = new(false);
        RegisteredWaitHandle? wait = null;
        wait = ThreadPool.RegisterWaitForSingleObject(signal, (_, _) =>
        {
            registered.WaitOne();
            wait!.Unregister(ended);
            ended.WaitOne();
            done.Set();
        }, null, -1, executeOnlyOnce: true);
        registered.Set();
        done.WaitOne();
    });

    [Fact]
    public void without_a_handle_or_with_a_negative_time_out_is_refused_as_outside() => Assert.True(Explore.Every(() =>
    {
        using var signal = new AutoResetEvent(false);
        Assert.Throws<ArgumentNullException>(() => ThreadPool.RegisterWaitForSingleObject(null!, (_, _) => { }, null, -1, true));
        Assert.Throws<ArgumentNullException>(() => ThreadPool.RegisterWaitForSingleObject(signal, null!, null, -1, true));
        Assert.Throws<ArgumentOutOfRangeException>(() => ThreadPool.RegisterWaitForSingleObject(signal, (_, _) => { }, null, -2, true));
    }).Exhausted);

    private static void Exhausts(Action body)
    {
        ExplorationResult result = Explore.Every(body);
        Assert.True(result.Exhausted && result.Schedules > 1, result.ToString());
    }

    private static void Finds(string what, Action body) =>
        Assert.Contains(what, Assert.Throws<ExplorationFailedException>(() => { Explore.Every(body); }).ToString(), StringComparison.Ordinal);
}
