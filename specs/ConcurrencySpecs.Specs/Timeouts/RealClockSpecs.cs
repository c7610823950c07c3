using System.Diagnostics;
using System.Runtime.InteropServices;
using ConcurrencySpecs.Contracts.Timeouts;
using ConcurrencySpecs.Native;
using ConcurrencySpecs.Processes;
using ConcurrencySpecs.Signals;
using ConcurrencySpecs.Testing;
using ConcurrencySpecs.Timeouts;

/// <summary>Deadlines on the system's clock, with real threads and real signals.</summary>
public sealed partial class The_clock_of_deadlines
{
    private const int Races = 2_000;
    private static readonly TimeSpan _longForADeadline = TimeSpan.FromSeconds(20);

    [Fact]
    public void never_comes_early()
    {
        for (int i = 0; i < 50; i++)
        {
            using var come = new ManualResetEventSlim();
            long at = 0, start = Stopwatch.GetTimestamp();
            using var deadline = new Deadline(TimeSpan.FromMilliseconds(1));
            deadline.Token.Register(() => { at = Stopwatch.GetTimestamp(); come.Set(); });
            Assert.True(come.Wait(Threads.Patience));
            Assert.True(Stopwatch.GetElapsedTime(start, at) >= TimeSpan.FromMilliseconds(1));
        }
    }

    [Fact]
    public void is_never_ahead_of_its_cheaper_look()
    {
        MonotonicClock clock = MonotonicClock.Instance;
        for (int i = 0; i < 1_000; i++) Assert.True(clock.MayHaveCome(clock.Now));
        Assert.False(clock.MayHaveCome(clock.Now + 1_000_000_000));
    }

    /// <summary>All 100,000 of them: <c>dotnet run -c Release --project stress -- deadlines</c>.</summary>
    [Fact]
    public void has_exactly_one_winner_in_every_race()
    {
        RaceTally tally = new DeadlineRaces(Races, Seeds.FromEnvironment()).RunInChildren();
        Assert.True(tally.Passed, tally.ToString());
        Assert.InRange(tally.InTime, 1, Races - 1);
    }

    [Fact]
    public void goes_on_while_a_callback_never_ends()
    {
        using var release = new ManualResetEventSlim();
        Deadline[] stuck = [.. Enumerable.Range(0, 4).Select(_ => new Deadline(Timeout.InfiniteTimeSpan))];
        using var entered = new CountdownEvent(stuck.Length);
        // Before they can be over: Register itself calls back what is.
        foreach (Deadline one in stuck) one.Token.Register(() => { entered.Signal(); release.Wait(); });
        foreach (Deadline one in stuck) Assert.True(one.TryComplete() && one.TryRestart(TimeSpan.FromMilliseconds(1)));
        Assert.True(entered.Wait(Threads.Patience));
        Assert.Throws<DeadlineExpiredException>(() => Deadline.Run(TimeSpan.FromMilliseconds(1), scope => scope.Token.WaitHandle.WaitOne()));
        release.Set();
        foreach (Deadline one in stuck) Assert.False(one.TryComplete());
    }

    [Fact]
    public void loses_no_deadline_among_thousands_of_signals_a_second()
    {
        const int Deadlines = 50;
        int handled = 0, expired = 0;
        using IDisposable on = Signals.On(Signal.Realtime(5), _ => Interlocked.Increment(ref handled));
        bool stop = false;
        int sent = 0;
        Running storm = Threads.Start(() =>
        {
            for (; !Volatile.Read(ref stop); sent++)
            {
                Signals.Send(Environment.ProcessId, Signal.Realtime(5));
                Thread.SpinWait(1_000);
            }
        });
        Threads.WaitUntil(() => Volatile.Read(ref handled) > 0);
        for (int i = 0; i < Deadlines; i++)
        {
            try { Deadline.Run(TimeSpan.FromMilliseconds(2), scope => scope.Token.WaitHandle.WaitOne()); }
            catch (DeadlineExpiredException) { expired++; }
        }

        Volatile.Write(ref stop, true);
        storm.Join();
        Signals.Raise(Signal.Realtime(5));
        Threads.WaitUntil(() => Volatile.Read(ref handled) > sent);
        Assert.Equal((Deadlines, sent + 1), (expired, handled));
    }

    [Fact]
    public void wakes_a_blocking_call_at_the_deadline()
    {
        (int reader, int writer) = PipeCalls.Create(4096);
        int woken = 0;
        Running calling = Threads.Start(() =>
        {
            for (; woken < 20; woken++)
            {
                long start = Stopwatch.GetTimestamp();
                Assert.Throws<DeadlineExpiredException>(() => Deadline.Run(TimeSpan.FromMilliseconds(2), scope => scope.Blocking(() => ReadOnce(reader))));
                Assert.True(Stopwatch.GetElapsedTime(start) >= TimeSpan.FromMilliseconds(2));
            }
        });
        if (!calling.Ends(_longForADeadline))
        {
            PipeCalls.Write(writer, [1]);          // what it reads for, so that the thread is not left behind
            Assert.Fail($"After {woken} of 20 calls that were woken, one was still reading {_longForADeadline.TotalSeconds} s later.");
        }

        calling.Join();
        PipeCalls.Write(writer, [1]);
        Assert.Equal(1, Deadline.Run(TimeSpan.FromSeconds(60), scope => scope.Blocking(() => ReadOnce(reader))));
        Assert.Equal(0, close(reader) + close(writer));
    }

    [Fact]
    public void wakes_a_blocking_call_when_an_outer_scope_is_over()
    {
        (int reader, int writer) = PipeCalls.Create(4096);
        var expiry = Assert.Throws<DeadlineExpiredException>(() => Deadline.Run(TimeSpan.FromMilliseconds(2), outer =>
            Deadline.Run(TimeSpan.FromSeconds(60), inner => inner.Blocking(() => ReadOnce(reader)))));
        Assert.Equal(TimeSpan.FromMilliseconds(2), expiry.Deadline.Limit);
        Assert.Equal(0, close(reader) + close(writer));
    }

    [Fact]
    public void is_not_disturbed_when_its_calls_are_interrupted_all_the_time()
    {
        // In a child, since the storm is of signals; each call by itself: dotnet run -c Release --project stress -- deadlines
        Assert.Equal("", InterruptionStorm.WeatherInChild(Threads.Patience, [.. InterruptionStorm.Calls]));
    }

    [Fact]
    public void lets_writing_and_reading_go_on_when_they_are_interrupted_all_the_time()
    {
        using ChildProcess child = ChildProcess.Create(WriteAndReadInAStorm).Start();
        Assert.True(child.Join(Threads.Patience));
        Assert.Equal(0, child.ExitStatus!.Value.ExitCode);
    }

    private static void WriteAndReadInAStorm()
    {
        ThreadInterruption.Prepare();
        (int reader, int writer) = PipeCalls.Create(4096);
        int thread = 0;
        bool done = false;
        Running working = Threads.Start(() =>
        {
            Volatile.Write(ref thread, SignalCalls.CurrentThread());
            byte[] bytes = new byte[3000];
            for (int i = 0; i < 40; i++)
            {
                PipeCalls.Write(writer, bytes);
                Assert.Equal(bytes.Length, PipeCalls.Read(reader, bytes));
            }

            Volatile.Write(ref done, true);
            Threads.WaitUntil(() => Volatile.Read(ref thread) == 0);     // stays until nobody signals it any more
        });
        Threads.WaitUntil(() => Volatile.Read(ref thread) != 0);
        for (; !Volatile.Read(ref done); Thread.SpinWait(2_000)) ThreadInterruption.Interrupt(thread);
        Volatile.Write(ref thread, 0);
        working.Join();
    }

    [LibraryImport("libc", SetLastError = true)]
    private static unsafe partial nint read(int descriptor, byte* bytes, nuint count);

    [LibraryImport("libc")]
    private static partial int close(int descriptor);

    private static unsafe int ReadOnce(int descriptor)
    {
        byte one;
        return (int)read(descriptor, &one, 1);
    }
}
