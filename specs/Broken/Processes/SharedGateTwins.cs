using ConcurrencySpecs.Contracts.Processes;
using ConcurrencySpecs.Native;
using ConcurrencySpecs.SharedMemory;

namespace ConcurrencySpecs.Broken.Processes;

[Broken("wakes the sleepers before the event is set: one who falls asleep in between sleeps on", "Interleavings")]
public sealed class EventWakesBeforeCommit : ProcessEventContract
{
    protected override SharedGate NewSubject() => new Twin();

    private sealed class Twin : SharedGate
    {
        public override void Set()
        {
            SharedEventCount.Signal(ref Words.Waiting, int.MaxValue);
            SharedEvent.Commit(ref Words);
        }
    }
}

[Broken("looks for announcements before the event is set: who announces itself in between is not woken", "Interleavings")]
public sealed class EventLooksForSleepersTooEarly : ProcessEventContract
{
    protected override SharedGate NewSubject() => new Twin();

    private sealed class Twin : SharedGate
    {
        public override void Set()
        {
            bool mayBeNeeded = Volatile.Read(ref Words.Waiting.Announced) != 0;
            SharedEvent.Commit(ref Words);
            if (mayBeNeeded) SharedEventCount.Signal(ref Words.Waiting, int.MaxValue);
        }
    }
}

[Broken("reads its ticket after the look at the event: the signal in between is missed", "Interleavings")]
public sealed class EventTakesItsTicketTooLate : ProcessEventContract
{
    protected override SharedGate NewSubject() => new Twin();

    private sealed class Twin : SharedGate
    {
        public override void Wait(CancellationToken cancel)
        {
            while (!IsSet)
            {
                int ticket = SharedEventCount.Prepare(ref Words.Waiting);
                cancel.ThrowIfCancellationRequested();
                SharedFutex.Wait(ref Words.Waiting.Sequence, ticket, Timeout.InfiniteTimeSpan);
            }
        }
    }
}

[Broken("wakes one of those who wait, and the event is for all of them", "Interleavings")]
public sealed class EventWakesOne : ProcessEventContract
{
    protected override int CallsPerThread => 1;     // two wait and one sets: further calls only hide it

    protected override SharedGate NewSubject() => new Twin();

    private sealed class Twin : SharedGate
    {
        public override void Set()
        {
            SharedEvent.Commit(ref Words);
            SharedEventCount.Signal(ref Words.Waiting, 1);
        }
    }
}
