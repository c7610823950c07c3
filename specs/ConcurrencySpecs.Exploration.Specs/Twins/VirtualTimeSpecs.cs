using ConcurrencySpecs.Exploration.Twins;
using static Exploring;
using Interlocked = ConcurrencySpecs.Exploration.Twins.Interlocked;
using Thread = ConcurrencySpecs.Exploration.Twins.Thread;
using Timer = ConcurrencySpecs.Exploration.Twins.Timer;
using Volatile = ConcurrencySpecs.Exploration.Twins.Volatile;

public sealed class Virtual_time
{
    [Fact]
    public void ends_a_loop_until_a_deadline() => Passes(() =>
    {
        At();
        Stopwatch watch = Stopwatch.StartNew();
        while (watch.ElapsedMilliseconds < 60_000) At();
    });

    [Fact]
    public void counts_what_a_thread_sleeps() => Ends("True", () =>
    {
        long before = EnvironmentCalls.get_TickCount64();
        Thread.Sleep(500);
        return EnvironmentCalls.get_TickCount64() - before >= 500;
    });

    [Fact]
    public void fires_a_timer_sooner_or_later() => Ends("0 | 1", () =>
    {
        int fired = 0;
        using var timer = new Timer(_ => Interlocked.Increment(ref fired), null, 10, Timeout.Infinite);
        return Volatile.Read(ref fired);
    });

    [Fact]
    public void gives_the_same_random_numbers_in_every_schedule() => Ends("True", () =>
    {
        Random a = RandomCalls.New(), b = RandomCalls.New();
        return a.Next() != b.Next() && RandomCalls.get_Shared() == RandomCalls.get_Shared();
    });
}
