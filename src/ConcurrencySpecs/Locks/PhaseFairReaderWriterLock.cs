using System.Runtime.CompilerServices;
using ConcurrencySpecs.Layout;
using ConcurrencySpecs.Waiting;

namespace ConcurrencySpecs.Locks;

/// <summary>A lock for many readers or one writer in which neither starves the other: phases of readers and writers take turns.</summary>
/// <remarks>
/// <para>Progress — blocking: a reader waits for at most one writer, a writer for the writers before it and one phase of readers before each;
/// short waits spin, long ones sleep.</para>
/// <para>Ordering — a writer excludes everybody, readers exclude writers only; what a writer wrote is visible to all who enter after it.</para>
/// <para>Cost — one addition to enter and one to exit for a reader, on a cache line that few threads share; a writer visits all of these lines.
/// No allocation; who goes to sleep pays a barrier of all processors (about a microsecond).</para>
/// <para>Failure — places in line cannot be given back: calls with a time-out or a token take none, and enter when nothing is in the way.
/// Reading is not recursive: a reader that enters again may wait for a writer that waits for it, and so does one that wants to write.
/// Readers are counted by stripe, not by thread (two stripes for each processor, rounded up to a power of two, at most 32): to leave without having entered
/// is refused only while no reader is in the stripe of the caller's number. Otherwise it takes the place of a reader there, beside whom a writer may then
/// enter. Under <see cref="LockMonitor.Watch(PhaseFairReaderWriterLock, string)"/> each thread is checked by itself.</para>
/// <para>Source — Brandenburg and Anderson, "Spin-Based Reader-Writer Synchronization for Multiprocessor Real-Time Systems", Real-Time Systems 46(1), 2010;
/// readers on lines of their own: Hsieh and Weihl, "Scalable Reader-Writer Locks for Parallel Systems", IPPS 1992.</para>
/// </remarks>
public sealed class PhaseFairReaderWriterLock
{
    private const int DefaultLooks = 60;        // the first ten without giving up the processor
    private const int StripesPerProcessor = 2;
    private const int MostStripes = 32;
    private const int AfterWriter = 0, AfterReaders = 1;

    // I1  writers draw tickets from _writersIn; _writersOut is the one whose turn it is; _writer is the number of its thread once it is inside
    // I2  the writer is inside when it has closed every stripe and all are drained; so no reader is inside then, wherever it came in
    // I3  a thread enters and leaves as a reader by the stripe of its number
    // I4  at AfterWriter sleep those who wait for a writer to leave or for a turn, at AfterReaders the writer that drains, and those who would write
    //     when nobody is in the way
    private readonly ReaderStripe[] _stripes;
    private readonly SleepingPlaces _places = new(2);
    private readonly int _looks;
    private int _writersIn;
    private int _writersOut;
    private int _writer;

    /// <summary>Creates a lock that is free.</summary>
    public PhaseFairReaderWriterLock() : this(Math.Min(MostStripes, StripesPerProcessor * Environment.ProcessorCount), DefaultLooks) { }

    /// <summary>Among how many lines to spread readers, and how often to look before sleeping.</summary>
    internal PhaseFairReaderWriterLock(int stripes, int looks) => (_stripes, _looks) = (Ring.Create<ReaderStripe>(stripes), looks);

    /// <summary>Whether the calling thread is inside as the writer.</summary>
    public bool IsWriteHeldByCurrentThread => Volatile.Read(ref _writer) == ThreadNumber.Mine;

    /// <summary>Whether a writer is inside or keeps new readers out everywhere.</summary>
    internal bool HasWriter => _stripes[^1].IsClosed;      // closed last

    /// <summary>How many readers have entered or stand in line, ever; what changes when one more does.</summary>
    internal int ReadersIn
    {
        get
        {
            int sum = 0;
            for (int i = 0; i < _stripes.Length; i++) sum += _stripes[i].Came;
            return sum;
        }
    }

    private ref ReaderStripe Mine => ref Ring.Slot(_stripes, ThreadNumber.Mine, _stripes.Length - 1);

    /// <summary>Enters as a reader, waiting for as long as it takes.</summary>
    /// <param name="cancel">Ends the wait; a token that is cancelled already throws even when nothing is in the way.</param>
    /// <exception cref="OperationCanceledException">Cancelled before the lock was entered.</exception>
    /// <exception cref="LockRecursionException">The calling thread is inside as the writer.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]      // a call would cost as much as what it does
    public void EnterRead(CancellationToken cancel = default)
    {
        if (cancel.CanBeCanceled)
        {
            TryEnterRead(Timeout.InfiniteTimeSpan, cancel);
            return;
        }

        int writer = Mine.Enter();
        if (writer != 0) AwaitEnd(writer);
    }

    /// <summary>Enters as a reader if that is possible at once.</summary>
    /// <returns>False while a writer is inside or waits, or has just tried in vain.</returns>
    public bool TryEnterRead() => Mine.TryEnter();

    /// <summary>Enters as a reader, waiting no longer than <paramref name="timeout"/>.</summary>
    /// <param name="timeout">Zero answers at once; <see cref="Timeout.InfiniteTimeSpan"/> never gives up.</param>
    /// <param name="cancel">Ends the wait; a token that is cancelled already throws even when nothing is in the way.</param>
    /// <returns>False when the time was up first.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is negative and not infinite, or above 24 days.</exception>
    /// <exception cref="OperationCanceledException">Cancelled before the lock was entered.</exception>
    /// <exception cref="LockRecursionException">The calling thread is inside as the writer.</exception>
    public bool TryEnterRead(TimeSpan timeout, CancellationToken cancel = default) =>
        TryEnter(AfterWriter, static gate => gate.TryEnterRead(), TimeLimit.Of(timeout, TimeProvider.System), cancel);

    /// <summary>Enters as a reader for the length of a block: <c>using (gate.EnterReadScope()) …</c></summary>
    /// <inheritdoc cref="EnterRead"/>
    public ReadScope EnterReadScope(CancellationToken cancel = default)
    {
        EnterRead(cancel);
        return new(this);
    }

    /// <summary>Leaves as a reader.</summary>
    /// <exception cref="SynchronizationLockException">No reader is inside whose number differs from the calling thread's by a multiple of the stripes;
    /// nothing has changed. A thread that has not entered while such a reader is inside goes unnoticed, and does harm: see the type's remarks.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void ExitRead()
    {
        ref ReaderStripe mine = ref Mine;
        if (mine.IsEmpty) ThrowNotHeld("leave it as a reader");
        mine.Leave();
        if (_places.AreUsed) _places.Wake(AfterReaders);
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
        Await(AfterWriter, (gate: this, ticket), static at => Volatile.Read(ref at.gate._writersOut) == at.ticket);     // acquire ← [turn]
        for (int i = 0; i < _stripes.Length; i++) _stripes[i].Close();
        Await(AfterReaders, _stripes, AreDrained);
        Volatile.Write(ref _writer, ThreadNumber.Mine);
    }

    /// <summary>Enters as the writer if that is possible at once.</summary>
    public bool TryEnterWrite()
    {
        int turn = Volatile.Read(ref _writersOut);                                                  // acquire ← [turn]
        if (!AreEmpty(_stripes) || Interlocked.CompareExchange(ref _writersIn, turn + 1, turn) != turn) return false;
        for (int closed = 0; closed < _stripes.Length; closed++)
        {
            if (_stripes[closed].TryClose()) continue;
            EndTurn(closed);        // a reader has come: the turn passes unused
            return false;
        }

        Volatile.Write(ref _writer, ThreadNumber.Mine);
        return true;
    }

    /// <summary>Enters as the writer, waiting no longer than <paramref name="timeout"/>.</summary>
    /// <inheritdoc cref="TryEnterRead(TimeSpan, CancellationToken)"/>
    public bool TryEnterWrite(TimeSpan timeout, CancellationToken cancel = default) =>
        TryEnter(AfterReaders, static gate => gate.TryEnterWrite(), TimeLimit.Of(timeout, TimeProvider.System), cancel);

    /// <summary>Enters as the writer for the length of a block: <c>using (gate.EnterWriteScope()) …</c></summary>
    /// <inheritdoc cref="EnterWrite"/>
    public WriteScope EnterWriteScope(CancellationToken cancel = default)
    {
        EnterWrite(cancel);
        return new(this);
    }

    /// <summary>Leaves as the writer.</summary>
    /// <exception cref="SynchronizationLockException">The calling thread is not inside as the writer; nothing has changed.</exception>
    public void ExitWrite()
    {
        if (!IsWriteHeldByCurrentThread) ThrowNotHeld("leave it as the writer");
        _writer = 0;
        EndTurn(_stripes.Length);
    }

    /// <summary>Opens the stripes that were closed, and then gives the turn to the next writer: the readers that wait go first.</summary>
    private void EndTurn(int closed)
    {
        for (int i = 0; i < closed; i++) _stripes[i].Open();
        Volatile.Write(ref _writersOut, _writersOut + 1);       // release → [turn]
        if (!_places.AreUsed) return;
        _places.Wake(AfterWriter);
        _places.Wake(AfterReaders);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void AwaitEnd(int writer)
    {
        if (IsWriteHeldByCurrentThread)
        {
            Mine.TakeBack();
            throw LockErrors.Recursive();
        }

        Await(AfterWriter, (gate: this, writer), static at => at.gate.Mine.HasLeft(at.writer));
    }

    private bool TryEnter(int place, Func<PhaseFairReaderWriterLock, bool> tryEnter, TimeLimit limit, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        if (tryEnter(this)) return true;
        if (limit.IsNow) return false;
        if (IsWriteHeldByCurrentThread) throw LockErrors.Recursive();
        return Spin(this, tryEnter) || _places.Sleep(place, this, tryEnter, limit, cancel);
    }

    private void Await<T>(int place, T waiter, Func<T, bool> mayGoOn)
    {
        if (!mayGoOn(waiter) && !Spin(waiter, mayGoOn)) _places.Sleep(place, waiter, mayGoOn, TimeLimit.Never, default);
    }

    private bool Spin<T>(T waiter, Func<T, bool> mayGoOn)
    {
        var spin = new SpinWait();
        for (int look = 0; look < _looks; look++)
        {
            spin.SpinOnce(sleep1Threshold: -1);
            if (mayGoOn(waiter)) return true;
        }

        return false;
    }

    private static bool AreEmpty(ReaderStripe[] stripes)
    {
        for (int i = 0; i < stripes.Length; i++) if (!stripes[i].IsEmpty) return false;
        return true;
    }

    private static bool AreDrained(ReaderStripe[] stripes)
    {
        for (int i = 0; i < stripes.Length; i++) if (!stripes[i].IsDrained) return false;
        return true;
    }

    private static void ThrowNotHeld(string action) => throw LockErrors.NotHeld(action);
}
