using ConcurrencySpecs.Contracts.Queues;
using ConcurrencySpecs.Queues;
using ConcurrencySpecs.Testing;

namespace ConcurrencySpecs.Broken.Queues;

[Broken("looks once after being woken: `if` where `while` belongs", "Threads", "Interleavings")]
public sealed class WaitingIfForWhile : WaitingQueueContract
{
    protected override IWaitingQueue NewSubject() => new Twin();

    private sealed class Twin() : WaitingTwin(Capacity)
    {
        protected override bool Await(Func<bool> condition, TimeSpan timeout, CancellationToken cancel)
        {
            if (condition()) return true;
            if (timeout == TimeSpan.Zero) return false;
            Pause(timeout, cancel);
            return true;
        }

        protected override int TakeFirst() => Items.TryDequeue(out int item) ? item : 0;
    }
}

[Broken("wakes one waiter where producers and consumers wait at the same place", "Threads")]
public sealed class WaitingPulsesOne : WaitingQueueContract
{
    protected override int Threads => 4;

    // Both kinds have to wait at once: calls that do not wait only hide it.
    protected override IEnumerable<Operation<IWaitingQueue, Contents>> Operations => [Put, Get];

    protected override IWaitingQueue NewSubject() => new Twin();

    private sealed class Twin() : WaitingTwin(Capacity)
    {
        protected override void Changed() => Monitor.Pulse(Items);
    }
}

[Broken("closes without telling those who wait", "Threads", "Interleavings")]
public sealed class WaitingClosesSilently : WaitingQueueContract
{
    protected override IWaitingQueue NewSubject() => new Twin();

    private sealed class Twin() : WaitingTwin(Capacity)
    {
        protected override void AfterClose() { }
    }
}

[Broken("lets a producer in although it is full", "Sequential")]
public sealed class WaitingOffByOne : WaitingQueueContract
{
    protected override IWaitingQueue NewSubject() => new WaitingTwin(Capacity + 1);
}

[Broken("keeps the wake-up of a consumer that is cancelled: the item it was woken for lies there, and the next one sleeps on", "Threads", "Interleavings")]
public sealed class WaitingLosesAWakeUpOnCancel : CutShortContract
{
    // One producer and two consumers, of which one is cancelled: the smallest program shows it.
    protected override IEnumerable<Operation<IWaitingQueue, Contents>> Operations =>
        [Put.By("producer"), Get.By("consumer"), GetCancelled.By("consumer in a hurry")];

    protected override IWaitingQueue NewSubject() => new Twin();

    private sealed class Twin() : WaitingTwin(Capacity)
    {
        // One pulse for one change, and a cancelled waiter that was pulsed does not pass it on.
        protected override void Changed() => Monitor.Pulse(Items);

        protected override bool Await(Func<bool> condition, TimeSpan timeout, CancellationToken cancel)
        {
            bool result = base.Await(condition, timeout, cancel);
            cancel.ThrowIfCancellationRequested();
            return result;
        }
    }
}

[Broken("takes an item when its time is up, and says that none came", "Interleavings")]
public sealed class WaitingTakesAfterTheTimeOut : CutShortContract
{
    protected override IEnumerable<Operation<IWaitingQueue, Contents>> Operations => [Put, Get, PutSoon, GetSoon];

    protected override IWaitingQueue NewSubject() => new Twin();

    private sealed class Twin() : WaitingTwin(Capacity)
    {
        protected override GetResult GaveUp(out int item, TimeSpan timeout)
        {
            Monitor.Exit(Items);    // lets go of the lock between looking and answering
            Monitor.Enter(Items);
            if (timeout > TimeSpan.Zero) Items.TryDequeue(out _);
            return base.GaveUp(out item, timeout);
        }
    }
}
