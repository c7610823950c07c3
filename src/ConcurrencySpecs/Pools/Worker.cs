using System.Diagnostics.CodeAnalysis;
using ConcurrencySpecs.Queues;
using ConcurrencySpecs.Waiting;

namespace ConcurrencySpecs.Pools;

/// <summary>One thread of a crew, with the deque of what it has yet to do.</summary>
internal sealed class Worker(Crew crew, int number, string name) : IThreadOwner
{
    private const int LooksBeforeParkedJoin = 50;

    [ThreadStatic] private static Worker? _mine;

    private uint _luck = (uint)number * 2654435761 + 1;

    /// <summary>The worker whose thread calls, if it is one's.</summary>
    public static Worker? Mine => _mine;

    public Crew Crew => crew;

    public WorkStealingDeque<WorkItem> Own { get; } = new();

    public void Start() => new Thread(Work) { IsBackground = true, Name = name }.UnsafeStart();

    /// <summary>Adds an item for this worker, or whoever steals it. Only the worker's thread calls this.</summary>
    public void Push(WorkItem item)
    {
        Own.Push(item);
        crew.Added();
    }

    /// <summary>Runs other items until <paramref name="fork"/>, which was stolen, is done, and sleeps when there are none.</summary>
    public void HelpUntilDone(IJoinable fork)
    {
        // No cycle of workers that wait for each other: whoever lies below a running item on a thread's stack began before it, and an item only
        // waits for one that began later.
        var spin = new SpinWait();
        for (int misses = 0; !fork.IsDone;)
        {
            if (TryFind(out WorkItem? item))
            {
                crew.Run(item);
                misses = 0;
                continue;
            }

            if (misses++ < Math.Min(LooksBeforeParkedJoin, crew.LooksBeforeRest)) spin.SpinOnce(sleep1Threshold: -1);
            else fork.Park();
        }
    }

    public void Blocks() => crew.Blocks();

    public void GoesOn() => crew.GoesOn();

    private void Work()
    {
        _mine = this;
        Blocking.Belong(this);
        while (TryNext(out WorkItem? item))
        {
            crew.Run(item);
            if (crew.IsOverstaffed && Own.Count == 0) crew.StandBy();
        }

        Blocking.Belong(null);
        _mine = null;
        crew.Leave();
    }

    private bool TryNext([NotNullWhen(true)] out WorkItem? item)
    {
        do
        {
            if (TryFind(out item)) return true;
            if (TrySearch(out item)) return true;
        }
        while (crew.TryRest(this));
        return false;
    }

    private bool TrySearch([NotNullWhen(true)] out WorkItem? item)
    {
        crew.StartSearching();
        item = null;
        var spin = new SpinWait();
        for (int look = 0; look < crew.LooksBeforeRest; look++)
        {
            if (TryFind(out item))
            {
                crew.StopSearching();
                return true;
            }

            spin.SpinOnce(sleep1Threshold: -1);
        }

        return false;
    }

    private bool TryFind([NotNullWhen(true)] out WorkItem? item) =>
        Own.TryPop(out item) || crew.TryTakeInjected(this, out item) || crew.TrySteal(this, NextLuck(), out item);

    // Marsaglia, "Xorshift RNGs", Journal of Statistical Software 8(14), 2003.
    private uint NextLuck()
    {
        _luck ^= _luck << 13;
        _luck ^= _luck >> 17;
        _luck ^= _luck << 5;
        return _luck;
    }
}
