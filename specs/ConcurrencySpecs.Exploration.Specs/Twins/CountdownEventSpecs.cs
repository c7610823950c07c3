using ConcurrencySpecs.Exploration.Scheduling;
using ConcurrencySpecs.Exploration.Twins;
using static Exploring;
using CountdownEvent = ConcurrencySpecs.Exploration.Twins.CountdownEvent;
using Interlocked = ConcurrencySpecs.Exploration.Twins.Interlocked;

public sealed class A_countdown_twin
{
    [Fact]
    public void opens_when_all_have_signalled() => Ends("2", () =>
    {
        var countdown = new CountdownEvent(2);
        int done = 0, seen = 0;
        void Work()
        {
            Interlocked.Increment(ref done);
            countdown.Signal();
        }
        Together(Work, Work, () =>
        {
            countdown.Wait();
            seen = done;
        });
        return seen;
    });

    [Fact]
    public void that_counts_one_too_many_is_found() => Fails(Outcome.Deadlock, () =>
    {
        var countdown = new CountdownEvent(3);
        Together(() => countdown.Signal(), () => countdown.Signal(), countdown.Wait);
    });

    [Fact]
    public void answers_like_the_real_one()
    {
        Agree(() =>
        {
            var c = new System.Threading.CountdownEvent(2);
            return $"{c.Signal()} {c.CurrentCount} {c.TryAddCount()} {c.Signal(2)} {c.IsSet} {Try(() => c.Signal())} {c.TryAddCount()} " +
                $"{Try(() => c.AddCount())} {c.Wait(0)} {Try(() => c.Reset(1))} {c.Wait(0)} {c.InitialCount} {Try(() => c.Wait(-2))}";
        }, () =>
        {
            var c = new CountdownEvent(2);
            return $"{c.Signal()} {c.CurrentCount} {c.TryAddCount()} {c.Signal(2)} {c.IsSet} {Try(() => c.Signal())} {c.TryAddCount()} " +
                $"{Try(() => c.AddCount())} {c.Wait(0)} {Try(() => c.Reset(1))} {c.Wait(0)} {c.InitialCount} {Try(() => c.Wait(-2))}";
        });
    }
}
