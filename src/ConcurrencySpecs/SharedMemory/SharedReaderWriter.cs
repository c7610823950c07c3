using ConcurrencySpecs.Native;
using ConcurrencySpecs.Waiting;

namespace ConcurrencySpecs.SharedMemory;

/// <summary>The protocol of a lock for readers and writers in shared memory: a robust mutex for the writer, and one for each reader.</summary>
/// <remarks>
/// A reader takes a place of its own and then looks for a writer; a writer takes the writer's mutex and then looks at every place. One of the two sees
/// the other. A writer sleeps at the mutex of the reader it waits for, readers at that of the writer: the system wakes them when that one dies.
/// </remarks>
internal readonly ref struct SharedReaderWriter(
    ref RobustWords writer, ref ReaderWriterTerms terms, Span<RobustWords> readers, SharedMemorySegment? segment)
{
    private const int PausesPerSpin = 8;
    private const int Everybody = int.MaxValue;

    // I1  a reader is inside while it holds a place and the writer's mutex was free after it had taken that place
    // I2  a writer is inside while it holds the writer's mutex and has seen, after taking it, each place without a living holder
    // I3  Writing is set, under the writer's mutex, from before the writer is inside until it leaves in order: whoever comes in and finds it set
    //     knows that what is guarded may be half changed. One that died on its way in has not set it, and nobody is told.
    private readonly ref RobustWords _writer = ref writer;
    private readonly ref ReaderWriterTerms _terms = ref terms;
    private readonly Span<RobustWords> _readers = readers;

    /// <summary>The process that died writing; zero when all is in order. For those who are inside.</summary>
    public int AbandonedBy => _writer.Inconsistent != 0 || !IsWriting ? Volatile.Read(ref _terms.Writing) : 0;

    /// <summary>Whether the calling thread is inside as the writer, or on its way.</summary>
    public bool IsWriting => RobustMutex.IsMine(ref _writer);

    /// <summary>Whether a thread of this process is inside.</summary>
    public bool IsHeldHere
    {
        get
        {
            bool held = RobustMutex.IsHeldHere(ref _writer);
            foreach (ref RobustWords reader in _readers) held |= RobustMutex.IsHeldHere(ref reader);
            return held;
        }
    }

    /// <summary>Enters as a reader.</summary>
    /// <param name="patience">For how long.</param>
    /// <param name="hint">The place to try first: the one that this thread had last.</param>
    /// <returns>The place to leave; −1 when the time was up.</returns>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The segment was disposed.</exception>
    /// <exception cref="LockRecursionException">The calling thread is the writer.</exception>
    public int EnterRead(Patience patience, int hint)
    {
        patience.ThrowIfCancelled();
        for (int spins = 0; ; spins++)
        {
            int mine = TakePlace(hint);
            if (mine < 0)
            {
                segment?.Open();
                if (patience.IsOver(out _)) return -1;
                Thread.Yield();                                         // as many readers as there are places: rare, and not worth a word to sleep at
                continue;
            }

            if (RobustMutex.IsFree(ref _writer)) return mine;           // full ← [place]: my place before my look; acquire ← [exit]
            ExitRead(mine);
            if (IsWriting) throw new LockRecursionException("This thread is inside as the writer and would wait for itself. Read as the writer.");
            if (!AwaitWriter(patience, ref spins)) return -1;
        }
    }

    public void ExitRead(int mine) => RobustMutex.Exit(ref _readers[mine]);         // release → [read], and wakes the writer that sleeps there

    /// <summary>Enters as the writer.</summary>
    /// <returns>False when the time was up.</returns>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The segment was disposed.</exception>
    /// <exception cref="LockRecursionException">The calling thread is inside, as the writer or as a reader.</exception>
    public bool EnterWrite(Patience patience)
    {
        if (!RobustMutex.Enter(segment, ref _writer, patience)) return false;
        bool isIn = false;
        try
        {
            isIn = AwaitReaders(patience);
        }
        finally
        {
            if (!isIn) RobustMutex.Exit(ref _writer, Everybody);
        }

        if (!isIn) return false;
        _writer.Inconsistent = _terms.Writing == 0 ? 0 : 1;                         // not by who died on the way in: I3
        if (_terms.Writing == 0) Volatile.Write(ref _terms.Writing, OwnProcess.Id);
        Volatile.WriteBarrier();                                                    // said before anything is changed
        return true;
    }

    /// <summary>By the writer: what is guarded is in order.</summary>
    public void MarkConsistent()
    {
        _terms.Writing = OwnProcess.Id;
        _writer.Inconsistent = 0;
    }

    public void ExitWrite()
    {
        if (_writer.Inconsistent == 0) Volatile.Write(ref _terms.Writing, 0);       // all changes before it
        RobustMutex.Exit(ref _writer, Everybody);                                   // release → [exit]
    }

    private int TakePlace(int hint)
    {
        for (int i = 0; i < _readers.Length; i++)
        {
            int place = (hint + i) % _readers.Length;
            if (RobustMutex.IsHeld(ref _readers[place])) continue;
            for (int used = Volatile.Read(ref _terms.PlacesUsed); used <= place;)   // before the place is taken: writers look at used places
            {
                int found = Interlocked.CompareExchange(ref _terms.PlacesUsed, place + 1, used);
                if (found == used) break;
                used = found;
            }

            if (RobustMutex.TryEnter(ref _readers[place])) return place;            // full → [place]; also from a dead reader, who has left nothing
        }

        return -1;
    }

    /// <summary>Waits until the writer's mutex may be free.</summary>
    /// <returns>False when the time was up.</returns>
    private bool AwaitWriter(Patience patience, ref int spins)
    {
        while (true)
        {
            int word = Volatile.Read(ref _writer.Word);
            if (word == 0) return true;
            if (RobustMutex.IsLeftByDead(ref _writer))
            {
                if (RobustMutex.TryEnter(ref _writer)) RobustMutex.Exit(ref _writer, Everybody);    // I3 says what it has left
                return true;
            }

            segment?.Open();
            if (patience.IsOver(out TimeSpan left)) return false;
            if (spins++ < SharedFutex.SpinsBeforeSleep) Thread.SpinWait(PausesPerSpin);
            else RobustMutex.SleepWhileHeld(ref _writer, left);
        }
    }

    private bool AwaitReaders(Patience patience)
    {
        int spins = 0;
        int used = Volatile.Read(ref _terms.PlacesUsed);            // full ← [place]: the mutex was taken by an exchange
        for (int i = 0; i < used; i++)
        {
            ref RobustWords reader = ref _readers[i];
            while (RobustMutex.IsHeld(ref reader))                  // full ← [place]; acquire ← [read]
            {
                if (RobustMutex.IsMine(ref reader))
                    throw new LockRecursionException("This thread is inside as a reader and would wait for itself. Leave as a reader first.");
                segment?.Open();
                if (patience.IsOver(out TimeSpan left)) return false;
                if (spins++ < SharedFutex.SpinsBeforeSleep) Thread.SpinWait(PausesPerSpin);
                else RobustMutex.SleepWhileHeld(ref reader, left);
            }
        }

        return true;
    }
}
