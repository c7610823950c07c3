using ConcurrencySpecs.Exploration.Scheduling;
using ConcurrencySpecs.Exploration.Twins;
using static Exploring;
using Lock = ConcurrencySpecs.Exploration.Twins.Lock;

public sealed class A_lock_twin
{
    [Fact]
    public void keeps_two_threads_apart() => Ends("2", () =>
    {
        var gate = new Lock();
        int count = 0;
        void Add()
        {
            using (gate.EnterScope()) count++;
        }
        Together(Add, Add);
        return count;
    });

    [Fact]
    public void finds_the_deadlock_of_two_locks_in_opposite_order() => Fails(Outcome.Deadlock, () =>
    {
        Lock a = new(), b = new();
        void Both(Lock first, Lock second)
        {
            using (first.EnterScope())
            using (second.EnterScope())
            {
            }
        }
        Together(() => Both(a, b), () => Both(b, a));
    });

    [Fact]
    public void waits_with_a_time_out_both_ways() => Ends("1 | 2", () =>
    {
        var gate = new Lock();
        int entered = 0;
        void Try()
        {
            if (!gate.TryEnter(TimeSpan.FromSeconds(1))) return;
            entered++;
            gate.Exit();
        }
        Together(Try, Try);
        return entered;
    });

    [Fact]
    public void is_entered_again_by_its_owner_and_left_as_often()
    {
        Agree(() =>
        {
            var gate = new System.Threading.Lock();
            return $"{Try(gate.Exit)} {gate.TryEnter()} {gate.TryEnter(0)} {gate.IsHeldByCurrentThread} {Try(gate.Exit)} {gate.IsHeldByCurrentThread} " +
                $"{Try(gate.Exit)} {gate.IsHeldByCurrentThread} {Try(gate.Exit)} {Try(() => gate.TryEnter(-2))}";
        }, () =>
        {
            var gate = new Lock();
            return $"{Try(gate.Exit)} {gate.TryEnter()} {gate.TryEnter(0)} {gate.IsHeldByCurrentThread} {Try(gate.Exit)} {gate.IsHeldByCurrentThread} " +
                $"{Try(gate.Exit)} {gate.IsHeldByCurrentThread} {Try(gate.Exit)} {Try(() => gate.TryEnter(-2))}";
        });
    }
}
