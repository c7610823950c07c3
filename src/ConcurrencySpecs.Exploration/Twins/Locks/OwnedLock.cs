using ConcurrencySpecs.Exploration.Scheduling;

namespace ConcurrencySpecs.Exploration.Twins;

/// <summary>What Monitor, Lock and SpinLock share: one owner, who may enter again.</summary>
internal class OwnedLock(string noun) : SyncObject
{
    // I1  Owner is the number of a logical thread plus one, 0 while nobody owns it
    // I2  Depth is 0 exactly while Owner is 0
    protected int Owner { get; set; }
    protected int Depth { get; set; }

    internal override SyncState State => new(Owner);
    internal override string Noun => noun;
    internal override bool Admits(in SyncState state, int thread, long demand) => state.Value == 0;
    internal override ulong Holders(in SyncState state) => state.Value == 0 ? 0 : 1ul << (int)(state.Value - 1);

    public bool IsMine => Owner == Steps.Me + 1;
    public bool IsHeld => Owner != 0;

    /// <summary>Enters, waiting at most <paramref name="milliseconds"/> (−1 for ever). Entering again is nobody else's business: no step.</summary>
    public bool TryEnter(int milliseconds)
    {
        if (IsMine)
        {
            Depth++;
            return true;
        }
        return TryTake(milliseconds);
    }

    /// <summary>Enters a free lock; its owner would wait for itself.</summary>
    public bool TryTake(int milliseconds)
    {
        Steps.Await(this, milliseconds == Timeout.Infinite ? StepKind.Acquire : StepKind.TryAcquire, milliseconds);
        if (Owner != 0) return false;
        (Owner, Depth) = (Steps.Me + 1, 1);
        return true;
    }

    /// <exception cref="SynchronizationLockException">The calling thread is not the owner.</exception>
    public void Exit()
    {
        ThrowIfNotMine();
        if (Depth > 1)
        {
            Depth--;
            return;
        }
        Release();
    }

    /// <summary>Frees the lock, whoever owns it.</summary>
    public void Release()
    {
        Steps.Change(this, StepKind.Release);
        (Owner, Depth) = (0, 0);
    }

    public void ThrowIfNotMine()
    {
        if (!IsMine) throw new SynchronizationLockException();
    }
}
