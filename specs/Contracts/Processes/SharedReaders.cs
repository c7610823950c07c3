using ConcurrencySpecs.Contracts.Locks;
using ConcurrencySpecs.Native;
using ConcurrencySpecs.SharedMemory;
using ConcurrencySpecs.Waiting;

namespace ConcurrencySpecs.Contracts.Processes;

/// <summary>The protocol of a lock for readers and writers between processes, on words of this process, with threads in the place of processes.</summary>
public class SharedReaders(int places = 3) : IReadersAndWriters
{
    private readonly RobustWords[] _mutexes = GC.AllocateArray<RobustWords>(1 + places, pinned: true);
    private readonly ReaderWriterTerms[] _terms = GC.AllocateArray<ReaderWriterTerms>(1, pinned: true);

    internal ref RobustWords Writer => ref _mutexes[0];

    internal ref ReaderWriterTerms Terms => ref _terms[0];

    internal Span<RobustWords> Readers => _mutexes.AsSpan(1);

    internal SharedReaderWriter Protocol => new(ref Writer, ref Terms, Readers, null);

    /// <summary>The process that died writing, as one who is inside sees it.</summary>
    public int AbandonedBy => Protocol.AbandonedBy;

    public virtual IDisposable? Read(TimeSpan timeout)
    {
        int place = Protocol.EnterRead(Patience.Of(timeout, CancellationToken.None), 0);
        return place < 0 ? null : new Ending(() => Protocol.ExitRead(place));
    }

    public virtual IDisposable? Write(TimeSpan timeout) =>
        Protocol.EnterWrite(Patience.Of(timeout, CancellationToken.None)) ? new Ending(ExitWrite) : null;

    public void MarkConsistent() => Protocol.MarkConsistent();

    protected virtual void ExitWrite() => Protocol.ExitWrite();
}

public sealed class ProcessReaderWriterLockContract : ReaderWriterContract
{
    protected override IReadersAndWriters NewLock() => new SharedReaders();
}
