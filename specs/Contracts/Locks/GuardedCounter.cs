using ConcurrencySpecs.Locks;

namespace ConcurrencySpecs.Contracts.Locks;

/// <summary>A plain counter behind a lock: it counts right exactly when the lock keeps others out.</summary>
public sealed class GuardedCounter(ILock gate)
{
    private int _count;

    public int Add()
    {
        using LockScope held = gate.EnterScope();
        return Increment();
    }

    /// <summary>Null when the lock was held.</summary>
    public int? TryAdd() => gate.TryEnter() ? AddAndExit() : null;

    /// <summary>Null when the time was up.</summary>
    public int? TryAdd(TimeSpan timeout) => gate.TryEnter(timeout) ? AddAndExit() : null;

    /// <summary>Null when the call was cut short by a token that somebody cancels meanwhile.</summary>
    public int? AddCutShort()
    {
        using var source = new CancellationTokenSource();
        var cancelling = new Thread(source.Cancel);
        cancelling.Start();
        try
        {
            gate.Enter(source.Token);
            return AddAndExit();
        }
        catch (OperationCanceledException)
        {
            return null;
        }
        finally
        {
            cancelling.Join();
        }
    }

    private int AddAndExit()
    {
        int count = Increment();
        gate.Exit();
        return count;
    }

    // Read and write are two steps, so that whoever gets in between is seen.
    private int Increment()
    {
        int count = Volatile.Read(ref _count) + 1;
        Volatile.Write(ref _count, count);
        return count;
    }
}
