using System.ComponentModel;
using ConcurrencySpecs.Exploration.Scheduling;
using Real = System.Threading.ReaderWriterLockSlim;

namespace ConcurrencySpecs.Exploration.Twins;

/// <summary>Stands for <see cref="System.Threading.ReaderWriterLockSlim"/>, with its rules of recursion.</summary>
[TwinOf(typeof(Real)), EditorBrowsable(EditorBrowsableState.Never)]
public class ReaderWriterLockSlim : IDisposable
{
    private readonly Real _real;
    private readonly ReaderWriterState _state = Steps.Born(new ReaderWriterState());
    private bool _disposed;

    public ReaderWriterLockSlim() : this(LockRecursionPolicy.NoRecursion) { }
    public ReaderWriterLockSlim(LockRecursionPolicy recursionPolicy) => _real = new Real(recursionPolicy);

    public LockRecursionPolicy RecursionPolicy => _real.RecursionPolicy;
    public bool IsReadLockHeld => RecursiveReadCount > 0;
    public bool IsWriteLockHeld => RecursiveWriteCount > 0;
    public bool IsUpgradeableReadLockHeld => RecursiveUpgradeCount > 0;
    public int RecursiveReadCount => Steps.Exploring ? _state.Mine.Reads : _real.RecursiveReadCount;
    public int RecursiveWriteCount => Steps.Exploring ? _state.Mine.Writes : _real.RecursiveWriteCount;
    public int RecursiveUpgradeCount => Steps.Exploring ? _state.Mine.Upgrades : _real.RecursiveUpgradeCount;

    public int CurrentReadCount
    {
        get
        {
            if (!Steps.Exploring) return _real.CurrentReadCount;
            Steps.Look(_state);
            return _state.Readers;
        }
    }

    public void EnterReadLock() => TryEnterReadLock(Timeout.Infinite);
    public bool TryEnterReadLock(TimeSpan timeout) => TryEnterReadLock(Timeouts.Milliseconds(timeout));

    public bool TryEnterReadLock(int millisecondsTimeout)
    {
        if (!Steps.Exploring) return _real.TryEnterReadLock(millisecondsTimeout);
        ReaderWriterState.Holds mine = Mine(millisecondsTimeout);
        Refuse(!Recursive && mine.Writes > 0, "A read lock may not be acquired with the write lock held in this mode.");
        Refuse(!Recursive && mine.Reads > 0, "Recursive read lock acquisitions not allowed in this mode.");
        if (mine.Reads == 0 && mine.Writes == 0 && !Enter(ReaderWriterState.Read, millisecondsTimeout)) return false;
        mine.Reads++;
        return true;
    }

    public void EnterWriteLock() => TryEnterWriteLock(Timeout.Infinite);
    public bool TryEnterWriteLock(TimeSpan timeout) => TryEnterWriteLock(Timeouts.Milliseconds(timeout));

    public bool TryEnterWriteLock(int millisecondsTimeout)
    {
        if (!Steps.Exploring) return _real.TryEnterWriteLock(millisecondsTimeout);
        ReaderWriterState.Holds mine = Mine(millisecondsTimeout);
        Refuse(!Recursive && mine.Writes > 0, "Recursive write lock acquisitions not allowed in this mode.");
        Refuse(mine.Reads > 0 && mine.Writes == 0 && (!Recursive || mine.Upgrades == 0), "Write lock may not be acquired with read lock held.");
        if (mine.Writes == 0 && !Enter(ReaderWriterState.Write, millisecondsTimeout)) return false;
        mine.Writes++;
        return true;
    }

    public void EnterUpgradeableReadLock() => TryEnterUpgradeableReadLock(Timeout.Infinite);
    public bool TryEnterUpgradeableReadLock(TimeSpan timeout) => TryEnterUpgradeableReadLock(Timeouts.Milliseconds(timeout));

    public bool TryEnterUpgradeableReadLock(int millisecondsTimeout)
    {
        if (!Steps.Exploring) return _real.TryEnterUpgradeableReadLock(millisecondsTimeout);
        ReaderWriterState.Holds mine = Mine(millisecondsTimeout);
        Refuse(!Recursive && (mine.Upgrades > 0 || mine.Writes > 0), "Upgradeable lock may not be acquired with the upgradeable or the write lock held.");
        Refuse(mine.Reads > 0 && mine.Upgrades == 0 && mine.Writes == 0, "Upgradeable lock may not be acquired with read lock held.");
        if (mine.Upgrades == 0 && mine.Writes == 0 && !Enter(ReaderWriterState.Upgrade, millisecondsTimeout)) return false;
        mine.Upgrades++;
        return true;
    }

    public void ExitReadLock()
    {
        if (!Steps.Exploring) _real.ExitReadLock();
        else if (Leaving(_state.Mine.Reads, "read")) _state.Mine.Reads--;
    }

    public void ExitWriteLock()
    {
        if (!Steps.Exploring) _real.ExitWriteLock();
        else if (Leaving(_state.Mine.Writes, "write")) _state.Mine.Writes--;
    }

    public void ExitUpgradeableReadLock()
    {
        if (!Steps.Exploring) _real.ExitUpgradeableReadLock();
        else if (Leaving(_state.Mine.Upgrades, "upgradeable")) _state.Mine.Upgrades--;
    }

    public void Dispose()
    {
        if (Steps.Exploring)
        {
            Steps.Change(_state);
            if (_state.Held) throw new SynchronizationLockException("The lock is being disposed while still being used.");
        }
        _disposed = true;
        _real.Dispose();
        GC.SuppressFinalize(this);
    }

    private bool Recursive => RecursionPolicy == LockRecursionPolicy.SupportsRecursion;

    private ReaderWriterState.Holds Mine(int milliseconds)
    {
        Timeouts.Check(milliseconds);
        ObjectDisposedException.ThrowIf(_disposed, this);
        return _state.Mine;
    }

    private bool Enter(long demand, int milliseconds) =>
        Steps.Await(_state, milliseconds == Timeout.Infinite ? StepKind.Acquire : StepKind.TryAcquire, milliseconds, demand);

    private bool Leaving(int held, string kind)
    {
        if (held == 0) throw new SynchronizationLockException($"The {kind} lock is being released without being held.");
        if (held == 1) Steps.Change(_state, StepKind.Release);
        return true;
    }

    private static void Refuse(bool recursive, string message)
    {
        if (recursive) throw new LockRecursionException(message);
    }
}
