using ConcurrencySpecs.Linearizability;
using ConcurrencySpecs.Queues;
using ConcurrencySpecs.Testing;
using FsCheck.Fluent;

namespace ConcurrencySpecs.Contracts.Queues;

/// <summary>A queue that one thread owns and others steal from: what <see cref="StealingContract"/> asks of a subject.</summary>
public interface IDeque
{
    void Push(int item);

    bool TryPop(out int item);

    bool TrySteal(out int item);
}

/// <summary>What every work-stealing deque owes: the owner takes the newest, thieves take the oldest, nothing is lost and nothing is taken twice.</summary>
public abstract class StealingContract : ConcurrentSpec<IDeque, Sequence<int>>
{
    /// <summary>Small, so that programs of a few calls make it grow and wrap.</summary>
    protected const int InitialCapacity = 1;

    protected override Sequence<int> InitialState => Sequence<int>.Empty;

    protected override IEnumerable<Operation<IDeque, Sequence<int>>> Operations =>
        [Push, Pop, Steal("TrySteal").By("thief"), Steal("TrySteal too").By("other thief")];

    protected override Operation<IDeque, Sequence<int>> LastLook => Operation("drain", Drain, held => (Sequence<int>.Empty, held));

    protected static Operation<IDeque, Sequence<int>> Push { get; } = Operation(
        "Push", Gen.Choose(1, 99), Add, (held, item) => (held.Add(item), true)).By("owner");

    protected static Operation<IDeque, Sequence<int>> Pop { get; } = Operation(
        "TryPop", deque => deque.TryPop(out int item) ? item : (int?)null,
        held => held.Count == 0 ? (held, (int?)null) : (held.RemoveLast(), held[^1])).By("owner");

    protected static Operation<IDeque, Sequence<int>> Steal(string name) => Operation(
        name, deque => deque.TrySteal(out int item) ? item : (int?)null,
        held => held.Count == 0 ? (held, (int?)null) : (held.RemoveFirst(), held[0]));

    private static bool Add(IDeque deque, int item)
    {
        deque.Push(item);
        return true;
    }

    /// <summary>What is left; a broken deque may give items without end, so it is asked only a little more often than programs push.</summary>
    private static Sequence<int> Drain(IDeque deque)
    {
        const int MoreThanItCanHold = 50;
        var left = Sequence<int>.Empty;
        while (left.Count < MoreThanItCanHold && deque.TrySteal(out int item)) left = left.Add(item);
        return left;
    }
}

public sealed class WorkStealingDequeContract : StealingContract
{
    protected override IDeque NewSubject() => new Deque();

    private sealed class Deque : IDeque
    {
        private readonly WorkStealingDeque<int> _deque = new(InitialCapacity);

        public void Push(int item) => _deque.Push(item);

        public bool TryPop(out int item) => _deque.TryPop(out item);

        public bool TrySteal(out int item) => _deque.TrySteal(out item);
    }
}
