using ConcurrencySpecs.Contracts.Signals;
using ConcurrencySpecs.Testing;

namespace ConcurrencySpecs.Broken.Signals;

[Broken("counts events by a standard signal: one that is pending already swallows the next", "Sequential", "Threads")]
public sealed class EventsCountedByAStandardSignal : EventCountContract
{
    protected override IEventCount NewSubject() => new Twin();

    private sealed class Twin : IEventCount
    {
        private int _pending;

        public void Happen() => Volatile.Write(ref _pending, 1);

        // The handler runs when the process comes to it; the system has kept one bit.
        public int Take() => Interlocked.Exchange(ref _pending, 0);

        public void Close() { }
    }
}

/// <summary>A sum that code adds to under a lock, and a signal whose handler adds to it too.</summary>
public interface ISum
{
    int Add();

    int Signal();
}

/// <summary>What the sum owes: every addition counts, and each call returns.</summary>
public abstract class SumContract : ConcurrentSpec<ISum, int>
{
    protected override int InitialState => 0;

    protected override int Threads => 2;

    protected override IEnumerable<Operation<ISum, int>> Operations =>
    [
        Operation("Add", sum => sum.Add(), total => (total + 1, 0)),
        Operation("Signal", sum => sum.Signal(), total => (total + 1, 0)),
    ];
}

[Broken("runs the handler on the thread that the signal interrupts, and the handler takes the lock which that thread holds", "Interleavings")]
public sealed class HandlerTakesTheInterruptedLock : SumContract
{
    protected override ISum NewSubject() => new Twin();

    private sealed class Twin : ISum, IDisposable
    {
        private readonly SemaphoreSlim _lock = new(1);
        private int _inside;
        private int _pending;
        private int _total;

        public int Add()
        {
            _lock.Wait();
            Volatile.Write(ref _inside, 1);
            _total++;
            if (Interlocked.Exchange(ref _pending, 0) == 1) Handle();       // the interruption: here, between any two instructions
            Volatile.Write(ref _inside, 0);
            _lock.Release();
            return 0;
        }

        public int Signal()
        {
            if (Volatile.Read(ref _inside) == 1) Volatile.Write(ref _pending, 1);
            else Handle();
            return 0;
        }

        public void Dispose() => _lock.Dispose();

        private void Handle()
        {
            _lock.Wait();
            _total++;
            _lock.Release();
        }
    }
}
