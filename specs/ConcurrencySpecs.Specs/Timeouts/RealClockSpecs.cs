using System.Diagnostics;
using System.Runtime.InteropServices;
using ConcurrencySpecs.Native;
using ConcurrencySpecs.Signals;
using ConcurrencySpecs.Testing;
using ConcurrencySpecs.Timeouts;

/// <summary>Deadlines on the system's clock, with real threads and real signals.</summary>
public sealed partial class The_clock_of_deadlines
{
    private const int Races = 2_000;                // of 100,000 with CONCURRENCYSPECS_RACES=100000

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

    [Fact]
    public void has_exactly_one_winner_in_every_race()
    {
        int races = int.TryParse(Environment.GetEnvironmentVariable("CONCURRENCYSPECS_RACES"), out int wanted) ? wanted : Races;
        var random = new Random((int)(Seeds.FromEnvironment() & int.MaxValue));
        int inTime = 0;
        for (int i = 0; i < races; i++)
        {
            int told = 0;
            var limit = TimeSpan.FromMicroseconds(random.Next(50, 100));
            var deadline = new Deadline(limit);
            long start = Stopwatch.GetTimestamp();
            deadline.Token.Register(() => Interlocked.Increment(ref told));
            TimeSpan work = limit + TimeSpan.FromMicroseconds(random.Next(-30, 70));
            while (Stopwatch.GetElapsedTime(start) < work) { }
            bool won = deadline.TryComplete();
            Assert.Equal(won ? 0 : 1, Volatile.Read(ref told));
            Assert.Equal(!won, deadline.IsExpired);
            if (won) inTime++;
        }

        Assert.InRange(inTime, 1, races - 1);
    }

    [Fact]
    public void goes_on_while_a_callback_never_ends()
    {
        using var release = new ManualResetEventSlim();
        Deadline[] stuck = [.. Enumerable.Range(0, 4).Select(_ => new Deadline(TimeSpan.FromMilliseconds(1)))];
        using var entered = new CountdownEvent(stuck.Length);
        foreach (Deadline one in stuck) one.Token.Register(() => { entered.Signal(); release.Wait(); });
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
        for (int i = 0; i < 20; i++)
        {
            long start = Stopwatch.GetTimestamp();
            Assert.Throws<DeadlineExpiredException>(() => Deadline.Run(TimeSpan.FromMilliseconds(2), scope => scope.Blocking(() => ReadOnce(reader))));
            Assert.True(Stopwatch.GetElapsedTime(start) >= TimeSpan.FromMilliseconds(2));
        }

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
    public void is_not_disturbed_when_its_own_calls_are_interrupted_all_the_time()
    {
        // A storm of EINTR on a thread that writes, reads and sleeps in this package's calls: each of them goes on as if nothing had happened.
        ThreadInterruption.Prepare();
        (int reader, int writer) = PipeCalls.Create(4096);
        int timer = TimerCalls.Create();
        int thread = 0;
        bool done = false;
        Running working = Threads.Start(() =>
        {
            Volatile.Write(ref thread, SignalCalls.CurrentThread());
            byte[] bytes = new byte[64];
            for (int i = 0; i < 20; i++)
            {
                long due = Stopwatch.GetTimestamp() + 2_000_000;
                TimerCalls.Set(timer, due);
                TimerCalls.Await(timer);
                Assert.True(Stopwatch.GetTimestamp() >= due);
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
        Assert.Equal(0, close(reader) + close(writer) + close(timer));
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
