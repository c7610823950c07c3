using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace ConcurrencySpecs.Locks;

/// <summary>A value that is read without writing anything: readers look whether somebody wrote meanwhile, and look again if so.</summary>
/// <remarks>
/// <para>Progress — reads take no lock; one that writers disturb too often waits for them once. Writes
/// are blocking, with the bypassing of <see cref="FutexLock"/>.</para>
/// <para>Ordering — linearizable: a read gives one value that was written as a whole, and what its writer wrote before is visible.</para>
/// <para>Cost — a read copies the value between two looks at a counter; no allocation. Meant for
/// values of a few words that are read far more often than written.</para>
/// <para>Failure — a reader that stops delays nobody; a writer that stops in the middle keeps all others waiting.</para>
/// <para>Source — Lameter, "Effective Synchronization on Linux/NUMA Systems", 2005; the fences: Boehm,
/// "Can Seqlocks Get Along with Programming Language Memory Models?", MSPC 2012.</para>
/// </remarks>
/// <typeparam name="T">A struct; copying it runs no code.</typeparam>
public sealed class SeqLock<T> where T : struct
{
    private const int DisturbancesBeforeLock = 8;

    // I1  _version is odd exactly while a writer, who holds _writers, is changing _value
    // I2  equal even versions before and after a copy mean that it was written as a whole
    private readonly FutexLock _writers = new();
    private long _version;
    private T _value;

    /// <summary>Creates a value.</summary>
    public SeqLock(T value = default) => _value = value;

    /// <summary>Reads the value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Read()
    {
        long before = Volatile.Read(ref _version);      // as in TryRead; a copy of our own stays in registers
        T value = _value;
        Volatile.ReadBarrier();
        return before == Volatile.Read(ref _version) && (before & 1) == 0 ? value : ReadDisturbed();
    }

    /// <summary>Reads the value if no writer is at work.</summary>
    /// <returns>False when somebody wrote meanwhile; <paramref name="value"/> may then be a mixture.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryRead(out T value)
    {
        long before = Volatile.Read(ref _version);      // acquire ← [written]: the copy comes after this look
        value = _value;                                 // plain: may be torn, and is then given to nobody
        Volatile.ReadBarrier();                         // load–load: the copy comes before the second look
        return before == Volatile.Read(ref _version) && (before & 1) == 0;
    }

    /// <summary>Writes a new value, waiting for other writers.</summary>
    /// <param name="value">The value.</param>
    /// <param name="cancel">Ends the wait for other writers.</param>
    /// <exception cref="OperationCanceledException">Cancelled before anything was written.</exception>
    public void Write(in T value, CancellationToken cancel = default)
    {
        _writers.Enter(cancel);
        Publish(value);
        _writers.Exit();
    }

    /// <summary>Writes a new value, waiting for other writers no longer than <paramref name="timeout"/>.</summary>
    /// <param name="value">The value.</param>
    /// <param name="timeout">Zero answers at once; <see cref="Timeout.InfiniteTimeSpan"/> never gives up.</param>
    /// <param name="cancel">Ends the wait for other writers.</param>
    /// <returns>False when the time was up first, and nothing was written.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is negative and not infinite, or above 24 days.</exception>
    /// <exception cref="OperationCanceledException">Cancelled before anything was written.</exception>
    public bool TryWrite(in T value, TimeSpan timeout, CancellationToken cancel = default)
    {
        if (!_writers.TryEnter(timeout, cancel)) return false;
        Publish(value);
        _writers.Exit();
        return true;
    }

    /// <summary>Replaces the value by what <paramref name="change"/> makes of it; no other write comes between.</summary>
    /// <param name="change">Runs among the writers, and may throw: then nothing has changed. It must not write to the same value.</param>
    /// <returns>The new value.</returns>
    /// <exception cref="LockRecursionException"><paramref name="change"/> writes to the same value.</exception>
    public T Update(Func<T, T> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        using LockScope held = _writers.EnterScope();
        T next = change(_value);
        Publish(next);
        return next;
    }

    private void Publish(in T value)
    {
        long version = _version;                        // plain: only writers change it, one at a time
        Debug.Assert((version & 1) == 0, "I1");
        Volatile.Write(ref _version, version + 1);
        Volatile.WriteBarrier();                        // store–store: who sees any of the new value sees the odd version too
        _value = value;
        Volatile.Write(ref _version, version + 2);      // release → [written]: the value precedes the even version
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private T ReadDisturbed()
    {
        var spin = new SpinWait();
        for (int look = 0; look < DisturbancesBeforeLock; look++)
        {
            if (TryRead(out T value)) return value;
            spin.SpinOnce(sleep1Threshold: -1);
        }

        if (_writers.IsHeldByCurrentThread) return _value;      // from within Update: nobody else writes
        using LockScope held = _writers.EnterScope();
        return _value;
    }
}
