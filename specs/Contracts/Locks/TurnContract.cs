using ConcurrencySpecs.Locks;
using ConcurrencySpecs.Testing;

namespace ConcurrencySpecs.Contracts.Locks;

/// <summary>A lock for readers and writers that can be asked whether a writer is inside or waits.</summary>
public interface IReadersAndWritersInTurn : IReadersAndWriters
{
    bool HasWriter { get; }
}

/// <summary>A reader, a writer that waits for it, and a reader that comes later: who is let in first?</summary>
/// <param name="make">Makes the lock.</param>
public sealed class WaitingWriter(Func<IReadersAndWritersInTurn> make)
{
    /// <summary>What is said when nothing was wrong.</summary>
    public const string First = "the writer was first";

    public string Wait()
    {
        IReadersAndWritersInTurn gate = make();
        bool wrote = false, passed = false;
        IDisposable reading = gate.Read(Timeout.InfiniteTimeSpan)!;
        var writer = new Thread(() =>
        {
            using (gate.Write(Timeout.InfiniteTimeSpan)) Volatile.Write(ref wrote, true);
        });
        writer.Start();
        while (!gate.HasWriter) Thread.Yield();
        var newcomer = new Thread(() =>
        {
            using (gate.Read(Timeout.InfiniteTimeSpan)) passed = !Volatile.Read(ref wrote);
        });
        newcomer.Start();
        reading.Dispose();
        writer.Join();
        newcomer.Join();
        return passed ? "a reader that came later has passed the writer" : First;
    }
}

/// <summary>What a lock owes that promises not to starve writers. Each operation is the whole scene, called by one director.</summary>
public abstract class TurnContract : ConcurrentSpec<WaitingWriter, int>
{
    protected override int InitialState => 0;

    protected override int CallsPerThread => 1;

    protected override WaitingWriter NewSubject() => new(NewLock);

    protected abstract IReadersAndWritersInTurn NewLock();

    protected override IEnumerable<Operation<WaitingWriter, int>> Operations =>
        [Operation("Let a writer wait", writer => writer.Wait(), scenes => (scenes + 1, WaitingWriter.First)).By("director")];
}

public sealed class PhaseFairReaderWriterLockInTurnContract : TurnContract
{
    public override string Name => "PhaseFairReaderWriterLock (in turn)";

    protected override IReadersAndWritersInTurn NewLock() => new PhaseFairAdapter();
}
