using ConcurrencySpecs.Contracts.Locks;

namespace ConcurrencySpecs.Broken.Locks;

/// <summary>A lock for readers and writers as a monitor, correct as it stands; each twin overrides one decision.</summary>
internal class ReadersTwin : IReadersAndWriters
{
    protected readonly object Gate = new();
    protected int Readers;
    protected bool Writing;

    public IDisposable? Read(TimeSpan timeout)
    {
        lock (Gate)
        {
            if (!WaitWhile(() => Writing, timeout)) return null;
            Readers++;
        }

        return new Hold(EndRead);
    }

    public virtual IDisposable? Write(TimeSpan timeout)
    {
        lock (Gate)
        {
            if (!WaitWhile(() => Writing || Readers > 0, timeout)) return null;
            Writing = true;
        }

        return new Hold(EndWrite);
    }

    protected virtual void EndRead()
    {
        lock (Gate)
        {
            Readers--;
            Monitor.PulseAll(Gate);
        }
    }

    protected virtual void EndWrite()
    {
        lock (Gate)
        {
            Writing = false;
            Monitor.PulseAll(Gate);
        }
    }

    protected bool WaitWhile(Func<bool> barred, TimeSpan timeout)
    {
        while (barred())
            if (!Monitor.Wait(Gate, timeout) && barred()) return false;
        return true;
    }

    protected sealed class Hold(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}

[Broken("looks for readers, and takes its place as the writer only after it has let go of the gate", "Interleavings")]
public sealed class WriterEntersBesideReaders : ReaderWriterContract
{
    protected override IReadersAndWriters NewLock() => new Twin();

    private sealed class Twin : ReadersTwin
    {
        public override IDisposable? Write(TimeSpan timeout)
        {
            lock (Gate) if (!WaitWhile(() => Writing || Readers > 0, timeout)) return null;
            lock (Gate) Writing = true;
            return new Hold(EndWrite);
        }
    }
}

[Broken("wakes one of those who wait when the writer leaves, though all readers could enter", "Interleavings")]
public sealed class WriterWakesOneReader : ReaderWriterContract
{
    protected override IReadersAndWriters NewLock() => new Twin();

    private sealed class Twin : ReadersTwin
    {
        protected override void EndWrite()
        {
            lock (Gate)
            {
                Writing = false;
                Monitor.Pulse(Gate);
            }
        }

        protected override void EndRead()
        {
            lock (Gate) Readers--;
        }
    }
}

[Broken("counts readers out without the gate: two that leave together count as one, and no writer enters again", "Interleavings")]
public sealed class ReadersLeaveUncounted : ReaderWriterContract
{
    protected override IReadersAndWriters NewLock() => new Twin();

    private sealed class Twin : ReadersTwin
    {
        protected override void EndRead()
        {
            Readers--;
            lock (Gate) Monitor.PulseAll(Gate);
        }
    }
}

[Broken("lets readers in while a writer waits: it starves for as long as they keep coming", "Interleavings")]
public sealed class ReadersStarveTheWriter : TurnContract
{
    protected override IReadersAndWritersInTurn NewLock() => new Twin();

    private sealed class Twin : ReadersTwin, IReadersAndWritersInTurn
    {
        private int _writers;

        public bool HasWriter => Volatile.Read(ref _writers) > 0;

        public override IDisposable? Write(TimeSpan timeout)
        {
            Interlocked.Increment(ref _writers);
            return base.Write(timeout);
        }
    }
}
