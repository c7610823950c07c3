using ConcurrencySpecs.Exploration;

/// <summary>A slim semaphore, event or countdown, waited for by its handle: signalled while it is open, and nothing is taken by waiting.</summary>
public sealed class The_handle_of_a_slim_gate
{
    [Fact]
    public void of_an_event_opens_with_it_and_closes_with_it() => Exhausts(() =>
    {
        using var gate = new ManualResetEventSlim();
        bool set = false;
        Task setting = Task.Run(() =>
        {
            set = true;
            gate.Set();
        });
        Assert.True(gate.WaitHandle.WaitOne());
        Assert.True(set);
        setting.Wait();
        Assert.Same(gate.WaitHandle, gate.WaitHandle);
        gate.Reset();
        Assert.False(gate.WaitHandle.WaitOne(0));
    });

    [Fact]
    public void of_a_semaphore_takes_no_unit() => Exhausts(() =>
    {
        using var units = new SemaphoreSlim(0);
        Task releasing = Task.Run(() => units.Release());
        Assert.True(units.AvailableWaitHandle.WaitOne());
        Assert.Equal(1, units.CurrentCount);
        Assert.True(units.Wait(0));
        Assert.False(units.AvailableWaitHandle.WaitOne(0));
        releasing.Wait();
    });

    [Fact]
    public void of_a_countdown_opens_at_its_end() => Exhausts(() =>
    {
        using var left = new CountdownEvent(2);
        int done = 0;
        void Work()
        {
            Interlocked.Increment(ref done);
            left.Signal();
        }
        Task one = Task.Run(Work), other = Task.Run(Work);
        left.WaitHandle.WaitOne();
        Assert.Equal(2, done);
        Task.WaitAll(one, other);
    });

    [Fact]
    public void is_waited_for_together_with_others() => Exhausts(() =>
    {
        using var gate = new ManualResetEventSlim();
        using var units = new SemaphoreSlim(0);
        Task opening = Task.Run(gate.Set), releasing = Task.Run(() => units.Release());
        WaitHandle.WaitAll([gate.WaitHandle, units.AvailableWaitHandle]);
        Assert.Equal(0, WaitHandle.WaitAny([gate.WaitHandle, units.AvailableWaitHandle]));
        Task.WaitAll(opening, releasing);
    });

    [Fact]
    public void taken_for_a_unit_is_found()
    {
        Assert.Contains("Assert.True", Failure(() =>
        {
            using var units = new SemaphoreSlim(1);
            void Take()
            {
                units.AvailableWaitHandle.WaitOne();
                Assert.True(units.Wait(0));
                units.Release();
            }
            Task.WaitAll(Task.Run(Take), Task.Run(Take));
        }), StringComparison.Ordinal);
    }

    [Fact]
    public void that_nobody_opens_is_found() => Assert.Contains("Deadlock", Failure(() =>
    {
        using var gate = new ManualResetEventSlim();
        using var left = new CountdownEvent(2);
        Task counting = Task.Run(() => left.Signal());
        WaitHandle.WaitAny([gate.WaitHandle, left.WaitHandle]);
        counting.Wait();
    }), StringComparison.Ordinal);

    [Fact]
    public void ends_with_what_it_belongs_to() => Explore.Every(() =>
    {
        var gate = new ManualResetEventSlim(true);
        WaitHandle handle = gate.WaitHandle;
        gate.Dispose();
        Assert.Throws<ObjectDisposedException>(() => handle.WaitOne());
        Assert.Throws<ObjectDisposedException>(() => gate.WaitHandle);
    });

    [Fact]
    public void of_a_mutex_without_a_name_is_local_however_it_is_made() => Exhausts(() =>
    {
        using var mutex = new Mutex(true, null, out bool made);
        using var other = new Mutex(false, "");
        int count = 0;
        void Add()
        {
            mutex.WaitOne();
            count++;
            mutex.ReleaseMutex();
        }
        Assert.True(made && other.WaitOne(0));
        other.ReleaseMutex();
        mutex.ReleaseMutex();
        Task.WaitAll(Task.Run(Add), Task.Run(Add));
        Assert.Equal(2, count);
    });

    [Fact]
    public void of_a_semaphore_or_event_without_a_name_is_local_however_it_is_made() => Exhausts(() =>
    {
        var options = new NamedWaitHandleOptions { CurrentUserOnly = true };
        using var units = new Semaphore(1, 1, null, out bool made);
        using var turn = new EventWaitHandle(true, EventResetMode.AutoReset, "");
        using var mutex = new Mutex(null, options);
        using Semaphore others = new(0, 1, ""), more = new(0, 1, null, options), most = new(0, 1, null, options, out bool alsoMade);
        using EventWaitHandle second = new(false, EventResetMode.AutoReset, null, out bool third), fourth = new(false, EventResetMode.AutoReset, null, options);
        Assert.True(made && third && alsoMade && !others.WaitOne(0) && !more.WaitOne(0) && !most.WaitOne(0) && !second.WaitOne(0) && !fourth.WaitOne(0));
        int count = 0;
        void Add()
        {
            WaitHandle.WaitAll([units, turn, mutex]);
            count++;
            mutex.ReleaseMutex();
            turn.Set();
            units.Release();
        }
        Task.WaitAll(Task.Run(Add), Task.Run(Add));
        Assert.Equal(2, count);
    });

    [Theory, InlineData("Semaphore"), InlineData("EventWaitHandle")]
    public void of_another_object_with_a_name_is_refused_at_its_line(string kind)
    {
        string failure = Failure(() =>
        {
            using WaitHandle handle = kind == "Semaphore" ? new Semaphore(1, 1, "concurrencyspecs-named") : new EventWaitHandle(true, 0, "concurrencyspecs-named");
        });
        Assert.Contains($"{kind}.constructor at SlimHandleSpecs.cs:", failure, StringComparison.Ordinal);
        Assert.Contains("belongs to the whole machine", failure, StringComparison.Ordinal);
    }

    [Fact]
    public void is_refused_by_name_where_it_is_signalled_by_itself()
    {
        string failure = Failure(() =>
        {
            using ManualResetEventSlim gate = new(), other = new(true);
            WaitHandle.SignalAndWait(gate.WaitHandle, other.WaitHandle);
        });
        Assert.Contains("WaitHandle.SignalAndWait at SlimHandleSpecs.cs:", failure, StringComparison.Ordinal);
        Assert.Contains("set that, then wait", failure, StringComparison.Ordinal);
    }

    [Fact]
    public void is_waited_for_after_another_one_is_signalled() => Assert.True(Explore.Every(() =>
    {
        using var gate = new ManualResetEventSlim();
        using var asked = new AutoResetEvent(false);
        Task answering = Task.Run(() =>
        {
            asked.WaitOne();
            gate.Set();
        });
        Assert.True(WaitHandle.SignalAndWait(asked, gate.WaitHandle));
        answering.Wait();
    }).Exhausted);

    [Fact]
    public void of_a_mutex_with_a_name_is_refused_at_its_line()
    {
        string failure = Failure(() =>
        {
            using var mutex = new Mutex(true, "concurrencyspecs-named", out bool _);
        });
        Assert.Contains("Mutex.constructor at SlimHandleSpecs.cs:", failure, StringComparison.Ordinal);
        Assert.Contains("belongs to the whole machine", failure, StringComparison.Ordinal);
    }

    private static void Exhausts(Action body)
    {
        ExplorationResult result = Explore.Every(body);
        Assert.True(result.Exhausted && result.Schedules > 1, result.ToString());
    }

    private static string Failure(Action body) => Assert.Throws<ExplorationFailedException>(() => { Explore.Every(body); }).ToString();
}
