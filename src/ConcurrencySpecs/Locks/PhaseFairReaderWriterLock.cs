using ConcurrencySpecs.Waiting;

namespace ConcurrencySpecs.Locks;

/// <summary>A lock for many readers or one writer in which neither starves the other: phases of readers and writers take turns.</summary>
/// <remarks>
/// <para>Progress — blocking: a reader waits for at most one writer, a writer for the writers before it and one phase of readers before each;
/// who waits spins and yields and never sleeps.</para>
/// <para>Ordering — a writer excludes everybody, readers exclude writers only; what a writer wrote is visible to all who enter after it.</para>
/// <para>Cost — one addition to enter and one to exit for a reader, two for a writer; no allocation.</para>
/// <para>Failure — places in line cannot be given back: calls with a time-out or a token take none, and enter when nothing is in the way.
/// Reading is not recursive: a reader that enters again may wait for a writer that waits for it.</para>
/// <para>Source — Brandenburg and Anderson, "Spin-Based Reader-Writer Synchronization for Multiprocessor
/// Real-Time Systems", Real-Time Systems 46(1), 2010.</para>
/// </remarks>
public sealed class PhaseFairReaderWriterLock
{
    private const int Reader = 4;           // readers are counted above the two bits of the writer
    private const int WriterBits = 3;
    private const int WriterHere = 2;
    private const int Phase = 1;            // tells two writers apart that follow each other

    // I1  _readersIn − _readersOut, without the writer's bits, is how many readers are inside or wait for a writer to leave
    // I2  the writer's bits stand in _readersIn from when a writer takes its turn until it leaves
    // I3  writers draw tickets from _writersIn; _writersOut is the one whose turn it is; _writer is the number of its thread once it is inside
    // I4  the phase changes with every writer that sets its bits, by that writer; not with every ticket, for a turn may pass unused
    private int _readersIn;
    private int _readersOut;
    private int _writersIn;
    private int _writersOut;
    private int _writer;
    private int _phase;

    /// <summary>Whether the calling thread is inside as the writer.</summary>
    public bool IsWriteHeldByCurrentThread => Volatile.Read(ref _writer) == Environment.CurrentManagedThreadId;

    /// <summary>Whether a writer is inside or keeps new readers out.</summary>
    internal bool HasWriter => (Volatile.Read(ref _readersIn) & WriterBits) != 0;

    /// <summary>How many readers have entered or stand in line, ever; what changes when one more does.</summary>
    internal int ReadersIn => Volatile.Read(ref _readersIn);

    /// <summary>Enters as a reader, waiting for as long as it takes.</summary>
    /// <param name="cancel">Ends the wait; a token that is cancelled already throws even when nothing is in the way.</param>
    /// <exception cref="OperationCanceledException">Cancelled before the lock was entered.</exception>
    /// <exception cref="LockRecursionException">The calling thread is inside as the writer.</exception>
    public void EnterRead(CancellationToken cancel = default)
    {
        if (cancel.CanBeCanceled)
        {
            TryEnterRead(Timeout.InfiniteTimeSpan, cancel);
            return;
        }

        int writer = Interlocked.Add(ref _readersIn, Reader) & WriterBits;      // acquire ← [wrote]
        if (writer != 0) AwaitEnd(writer);
    }

    /// <summary>Enters as a reader if that is possible at once.</summary>
    public bool TryEnterRead()
    {
        for (int seen = Volatile.Read(ref _readersIn); (seen & WriterBits) == 0;)
        {
            int found = Interlocked.CompareExchange(ref _readersIn, seen + Reader, seen);   // acquire ← [wrote]
            if (found == seen) return true;
            seen = found;
        }

        return false;
    }

    /// <summary>Enters as a reader, waiting no longer than <paramref name="timeout"/>.</summary>
    /// <param name="timeout">Zero answers at once; <see cref="Timeout.InfiniteTimeSpan"/> never gives up.</param>
    /// <param name="cancel">Ends the wait; a token that is cancelled already throws even when nothing is in the way.</param>
    /// <returns>False when the time was up first.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is negative and not infinite, or above 24 days.</exception>
    /// <exception cref="OperationCanceledException">Cancelled before the lock was entered.</exception>
    /// <exception cref="LockRecursionException">The calling thread is inside as the writer.</exception>
    public bool TryEnterRead(TimeSpan timeout, CancellationToken cancel = default)
    {
        var limit = TimeLimit.Of(timeout, TimeProvider.System);
        cancel.ThrowIfCancellationRequested();
        for (var spin = new SpinWait(); !TryEnterRead(); spin.SpinOnce(sleep1Threshold: -1)) if (!MayWait(limit, cancel)) return false;
        return true;
    }

    /// <summary>Leaves as a reader.</summary>
    /// <exception cref="SynchronizationLockException">No reader is inside. (That another reader is inside and not the caller goes unnoticed.)</exception>
    public void ExitRead()
    {
        int left = Volatile.Read(ref _readersOut);
        if ((Volatile.Read(ref _readersIn) & ~WriterBits) == left) throw LockErrors.NotHeld("leave it as a reader");
        Interlocked.Add(ref _readersOut, Reader);                               // release → [read]
    }

    /// <summary>Enters as the writer, waiting for as long as it takes.</summary>
    /// <param name="cancel">Ends the wait; a token that is cancelled already throws even when nothing is in the way.</param>
    /// <exception cref="OperationCanceledException">Cancelled before the lock was entered.</exception>
    /// <exception cref="LockRecursionException">The calling thread is inside as the writer already.</exception>
    public void EnterWrite(CancellationToken cancel = default)
    {
        if (cancel.CanBeCanceled)
        {
            TryEnterWrite(Timeout.InfiniteTimeSpan, cancel);
            return;
        }

        if (IsWriteHeldByCurrentThread) throw LockErrors.Recursive();
        int ticket = Interlocked.Increment(ref _writersIn) - 1;
        for (var spin = new SpinWait(); Volatile.Read(ref _writersOut) != ticket;) spin.SpinOnce(sleep1Threshold: -1);      // acquire ← [wrote]
        _phase ^= Phase;
        int bits = WriterHere | _phase;
        int before = Interlocked.Add(ref _readersIn, bits) - bits;
        for (var spin = new SpinWait(); Volatile.Read(ref _readersOut) != before;) spin.SpinOnce(sleep1Threshold: -1);      // acquire ← [read]
        Volatile.Write(ref _writer, Environment.CurrentManagedThreadId);
    }

    /// <summary>Enters as the writer if that is possible at once.</summary>
    public bool TryEnterWrite()
    {
        int turn = Volatile.Read(ref _writersOut);
        if (Interlocked.CompareExchange(ref _writersIn, turn + 1, turn) != turn) return false;      // acquire ← [wrote]
        int left = Volatile.Read(ref _readersOut);                                                  // acquire ← [read]
        int next = _phase ^ Phase;
        if (Interlocked.CompareExchange(ref _readersIn, left | WriterHere | next, left) == left)
        {
            _phase = next;
            Volatile.Write(ref _writer, Environment.CurrentManagedThreadId);
            return true;
        }

        Volatile.Write(ref _writersOut, turn + 1);      // readers are inside: the turn passes unused
        return false;
    }

    /// <summary>Enters as the writer, waiting no longer than <paramref name="timeout"/>.</summary>
    /// <inheritdoc cref="TryEnterRead(TimeSpan, CancellationToken)"/>
    public bool TryEnterWrite(TimeSpan timeout, CancellationToken cancel = default)
    {
        var limit = TimeLimit.Of(timeout, TimeProvider.System);
        cancel.ThrowIfCancellationRequested();
        for (var spin = new SpinWait(); !TryEnterWrite(); spin.SpinOnce(sleep1Threshold: -1)) if (!MayWait(limit, cancel)) return false;
        return true;
    }

    /// <summary>Leaves as the writer.</summary>
    /// <exception cref="SynchronizationLockException">The calling thread is not inside as the writer; nothing has changed.</exception>
    public void ExitWrite()
    {
        if (!IsWriteHeldByCurrentThread) throw LockErrors.NotHeld("leave it as the writer");
        _writer = 0;
        Interlocked.And(ref _readersIn, ~WriterBits);                           // release → [wrote]: the readers that wait go first
        Volatile.Write(ref _writersOut, _writersOut + 1);                       // release → [wrote]: then the next writer takes its turn
    }

    private bool MayWait(TimeLimit limit, CancellationToken cancel)
    {
        if (limit.IsOver) return false;
        if (IsWriteHeldByCurrentThread) throw LockErrors.Recursive();
        cancel.ThrowIfCancellationRequested();
        return true;
    }

    // The writer we met has left when its bits have: the next one has another phase, and waits for us.
    private void AwaitEnd(int writer)
    {
        if (IsWriteHeldByCurrentThread)
        {
            Interlocked.Add(ref _readersIn, -Reader);
            throw LockErrors.Recursive();
        }

        for (var spin = new SpinWait(); (Volatile.Read(ref _readersIn) & WriterBits) == writer;) spin.SpinOnce(sleep1Threshold: -1);     // acquire ← [wrote]
    }
}
