using ConcurrencySpecs.Contracts.Locks;
using ConcurrencySpecs.Contracts.Queues;
using ConcurrencySpecs.Native;
using ConcurrencySpecs.SharedMemory;
using ConcurrencySpecs.Testing;
using ConcurrencySpecs.Waiting;

namespace ConcurrencySpecs.Contracts.Processes;

/// <summary>The protocol of a condition between processes, on words of this process, with threads in the place of processes.</summary>
public class SharedLine(SharedLock guard, int places = 3) : IConditionOfQueue
{
    private readonly ConditionTerms[] _terms = GC.AllocateArray<ConditionTerms>(1, pinned: true);
    private readonly ConditionPlace[] _places = GC.AllocateArray<ConditionPlace>(places, pinned: true);

    internal SharedLock Guard => guard;

    internal ref ConditionTerms Terms => ref _terms[0];

    internal Span<ConditionPlace> Places => _places;

    public bool WaitFor(Func<bool> holds, TimeSpan timeout, CancellationToken cancel)
    {
        var limit = TimeLimit.Of(timeout, TimeProvider.System);
        while (!holds())
        {
            if (limit.IsOver) return false;
            if (Wait(new Patience(limit, cancel)) == ConditionEnd.Cancelled) cancel.ThrowIfCancellationRequested();
        }

        return true;
    }

    /// <summary>By the holder of the guard.</summary>
    public virtual void Notify(int count) => SharedCondition.Notify(ref Terms, Places, count);

    /// <param name="patience">For how long.</param>
    /// <param name="guardMemory">Where the guard is thought to lie: who has disposed it does not wait for the guard.</param>
    internal virtual ConditionEnd Wait(Patience patience, ISharedMemory? guardMemory = null) =>
        SharedCondition.Wait(ref guard.Words, guardMemory, ref Terms, Places, null, patience);
}

/// <summary>A queue as a monitor whose lock and conditions are those between processes.</summary>
public sealed class ProcessConditionContract : WaitingQueueContract
{
    protected override IWaitingQueue NewSubject() => New(Capacity, guard => new SharedLine(guard));

    /// <summary>A queue with such conditions.</summary>
    public static IWaitingQueue New(int capacity, Func<SharedLock, SharedLine> condition)
    {
        ArgumentNullException.ThrowIfNull(condition);
        var guard = new SharedLock();
        return new MonitorQueue(capacity, guard, condition(guard), condition(guard));
    }
}

/// <summary>The same with waits that end early. (A cancellation is seen at the next look, after 50 ms: in an exploration nobody looks by himself.)</summary>
public sealed class ProcessConditionCutShortContract : CutShortContract
{
    protected override IEnumerable<Operation<IWaitingQueue, Contents>> Operations => [Put, Get, PutSoon, GetSoon];

    public override string Name => "ProcessCondition (cut short)";

    protected override IWaitingQueue NewSubject() => ProcessConditionContract.New(Capacity, guard => new SharedLine(guard));
}
