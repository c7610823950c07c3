using ConcurrencySpecs.Exploration.Scheduling;
using ConcurrencySpecs.Exploration.Twins;
using static Exploring;
using Lock = ConcurrencySpecs.Exploration.Twins.Lock;
using SpinLock = ConcurrencySpecs.Exploration.Twins.SpinLock;

public sealed class A_spin_lock_twin
{
    [Fact]
    public void keeps_two_threads_apart() => Ends("2", () =>
    {
        var gate = new StrongBox();
        int count = 0;
        void Add()
        {
            bool taken = false;
            At();
            gate.Lock.Enter(ref taken);
            count++;
            At();
            gate.Lock.Exit();
        }
        Together(Add, Add);
        return count;
    });

    [Fact]
    public void notices_that_its_owner_enters_again() => Fails(Outcome.Threw, () =>
    {
        var gate = new StrongBox();
        bool taken = false, again = false;
        gate.Lock.Enter(ref taken);
        gate.Lock.Enter(ref again);
    });

    [Fact]
    public void waits_with_a_time_out_both_ways() => Ends("1 | 2", () =>
    {
        var gate = new StrongBox();
        int entered = 0;
        void Try()
        {
            bool taken = false;
            At();
            gate.Lock.TryEnter(10, ref taken);
            if (!taken) return;
            entered++;
            At();
            gate.Lock.Exit();
        }
        Together(Try, Try);
        return entered;
    });

    private sealed class StrongBox
    {
        public SpinLock Lock = new(true);
    }
}
