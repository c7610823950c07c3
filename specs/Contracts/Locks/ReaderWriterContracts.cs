using ConcurrencySpecs.Locks;
using ConcurrencySpecs.Testing;
using FsCheck.Fluent;

namespace ConcurrencySpecs.Contracts.Locks;

/// <summary>A lock for readers and writers as the contract sees it: what is given holds it until disposed; null when the time was up.</summary>
public interface IReadersAndWriters
{
    IDisposable? Read(TimeSpan timeout);

    IDisposable? Write(TimeSpan timeout);
}

/// <summary>Two plain numbers behind a lock, equal whenever no writer is inside.</summary>
public sealed class GuardedPair(IReadersAndWriters gate)
{
    private int _left;
    private int _right;

    /// <summary>Null when the time was up, −1 when the two numbers differed.</summary>
    public int? Read(TimeSpan timeout)
    {
        using IDisposable? held = gate.Read(timeout);
        if (held is null) return null;
        int left = Volatile.Read(ref _left);
        return left == Volatile.Read(ref _right) ? left : -1;
    }

    /// <summary>Adds to both and gives what they are then; null when the time was up.</summary>
    public int? Add(int number, TimeSpan timeout)
    {
        using IDisposable? held = gate.Write(timeout);
        if (held is null) return null;
        int sum = Volatile.Read(ref _left) + number;
        Volatile.Write(ref _left, sum);
        Volatile.Write(ref _right, sum);
        return sum;
    }
}

/// <summary>What every lock for readers and writers owes: a writer is alone, and nobody is left waiting before a free lock.</summary>
public abstract class ReaderWriterContract : ConcurrentSpec<GuardedPair, int>
{
    private static readonly TimeSpan _never = Timeout.InfiniteTimeSpan;
    private static readonly TimeSpan _soon = TimeSpan.FromTicks(1);

    protected override int InitialState => 0;

    protected override GuardedPair NewSubject() => new(NewLock());

    protected abstract IReadersAndWriters NewLock();

    protected override IEnumerable<Operation<GuardedPair, int>> Operations =>
    [
        Operation<int?>("Read", pair => pair.Read(_never), sum => (sum, sum)),
        Operation<int, int?>("Add", Gen.Choose(1, 9), (pair, number) => pair.Add(number, _never), (sum, number) => (sum + number, sum + number)),
        Operation("Read within a tick", pair => pair.Read(_soon), sum => Step.OneOf<int, int?>((sum, sum), (sum, null))),
        Operation("Add within a tick", Gen.Choose(1, 9), (pair, number) => pair.Add(number, _soon),
            (sum, number) => Step.OneOf<int, int?>((sum + number, sum + number), (sum, null))),
    ];
}

public sealed class PhaseFairReaderWriterLockContract : ReaderWriterContract
{
    protected override IReadersAndWriters NewLock() => new PhaseFairAdapter();
}

/// <summary>With readers on two lines, and a sleep after one look.</summary>
internal sealed class PhaseFairAdapter : IReadersAndWritersInTurn
{
    private readonly PhaseFairReaderWriterLock _lock = new(stripes: 2, looks: 1);

    public bool HasWriter => _lock.HasWriter;

    public IDisposable? Read(TimeSpan timeout)
    {
        if (timeout != Timeout.InfiniteTimeSpan) return _lock.TryEnterRead(timeout) ? new Ending(_lock.ExitRead) : null;
        _lock.EnterRead();
        return new Ending(_lock.ExitRead);
    }

    public IDisposable? Write(TimeSpan timeout)
    {
        if (timeout != Timeout.InfiniteTimeSpan) return _lock.TryEnterWrite(timeout) ? new Ending(_lock.ExitWrite) : null;
        _lock.EnterWrite();
        return new Ending(_lock.ExitWrite);
    }
}

public sealed class AsyncReaderWriterLockContract : ReaderWriterContract
{
    protected override int Threads => 2;

    protected override IReadersAndWriters NewLock() => new Adapter();

    private sealed class Adapter : IReadersAndWriters
    {
        private readonly AsyncReaderWriterLock _lock = new();

        public IDisposable? Read(TimeSpan timeout) => Entered(_lock.TryEnterReadAsync(timeout)) is { IsHeld: true } scope ? scope : null;

        public IDisposable? Write(TimeSpan timeout) => Entered(_lock.TryEnterWriteAsync(timeout)) is { IsHeld: true } scope ? scope : null;

        private static AsyncReaderWriterScope Entered(ValueTask<AsyncReaderWriterScope> entering) => entering.AsTask().GetAwaiter().GetResult();
    }
}

/// <summary>What is done at the end of a hold.</summary>
internal sealed class Ending(Action end) : IDisposable
{
    public void Dispose() => end();
}
