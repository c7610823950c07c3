using ConcurrencySpecs.Contracts.Queues;
using ConcurrencySpecs.Queues;

namespace ConcurrencySpecs.Broken.Queues;

/// <summary>A waiting queue as a monitor, correct as it stands; each twin overrides one decision.</summary>
internal class WaitingTwin(int capacity) : IWaitingQueue
{
    protected readonly Queue<int> Items = new();
    protected bool Closed;

    protected bool IsFull => Items.Count >= capacity;

    public PutResult Put(int item, TimeSpan timeout, CancellationToken cancel)
    {
        using CancellationTokenRegistration wake = cancel.Register(Interrupt);
        lock (Items)
        {
            bool inTime = Await(() => !IsFull || Closed, timeout, cancel);
            if (Closed) return PutResult.Closed;
            if (!inTime) return timeout == TimeSpan.Zero ? PutResult.Full : PutResult.TimedOut;
            Items.Enqueue(item);
            Changed();
            return PutResult.Added;
        }
    }

    public GetResult Get(out int item, TimeSpan timeout, CancellationToken cancel)
    {
        item = 0;
        using CancellationTokenRegistration wake = cancel.Register(Interrupt);
        lock (Items)
        {
            bool inTime = Await(() => Items.Count > 0 || Closed, timeout, cancel);
            if (Items.Count == 0 && Closed) return GetResult.Closed;
            if (!inTime) return GaveUp(out item, timeout);
            item = TakeFirst();
            Changed();
            return GetResult.Taken;
        }
    }

    public void CompleteAdding()
    {
        lock (Items)
        {
            Closed = true;
            AfterClose();
        }
    }

    protected virtual void AfterClose() => Monitor.PulseAll(Items);

    protected virtual void Changed() => Monitor.PulseAll(Items);

    protected virtual int TakeFirst() => Items.Dequeue();

    /// <summary>Waits until <paramref name="condition"/> holds; false when time was up first.</summary>
    protected virtual bool Await(Func<bool> condition, TimeSpan timeout, CancellationToken cancel)
    {
        while (!condition())
        {
            if (timeout == TimeSpan.Zero) return false;
            Pause(timeout, cancel);
            if (!condition() && timeout != Timeout.InfiniteTimeSpan) return false;
        }

        return true;
    }

    protected virtual GetResult GaveUp(out int item, TimeSpan timeout)
    {
        item = 0;
        return timeout == TimeSpan.Zero ? GetResult.Empty : GetResult.TimedOut;
    }

    protected void Pause(TimeSpan timeout, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        Monitor.Wait(Items, timeout);
    }

    protected virtual void Interrupt()
    {
        lock (Items) Monitor.PulseAll(Items);
    }
}
