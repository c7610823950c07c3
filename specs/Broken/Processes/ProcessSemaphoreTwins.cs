using ConcurrencySpecs.Contracts.Processes;
using ConcurrencySpecs.Native;
using ConcurrencySpecs.SharedMemory;
using ConcurrencySpecs.Testing;
using ConcurrencySpecs.Waiting;

namespace ConcurrencySpecs.Broken.Processes;

/// <summary>A semaphore that writes down how many units are free, which its takers and givers change; each twin says what they record besides.</summary>
internal abstract class CountedUnits() : SharedUnits(1, 1)
{
    public override bool Take(int place, TimeSpan timeout, CancellationToken cancel = default)
    {
        var patience = Patience.Of(timeout, cancel);
        while (true)
        {
            int ticket = SharedEventCount.Prepare(ref Terms.Waiting);
            RobustMutex.Enter(null, ref Terms.Mutex, Patience.Endless(CancellationToken.None));
            if (Terms.Total == 0) Recover();
            bool isFree = Terms.Total > 0;
            if (isFree) Record(place);
            RobustMutex.Exit(ref Terms.Mutex);
            if (isFree || patience.IsOver(out TimeSpan left)) return isFree;
            SharedEventCount.Sleep(ref Terms.Waiting, ticket, left);
        }
    }

    public override bool GiveBack(int place, int count)
    {
        RobustMutex.Enter(null, ref Terms.Mutex, Patience.Endless(CancellationToken.None));
        Holdings[place] = 0;
        Terms.Total = 1;
        RobustMutex.Exit(ref Terms.Mutex);
        SharedEventCount.Signal(ref Terms.Waiting, count);
        return true;
    }

    protected override void Open(int place) { }

    protected abstract void Record(int place);

    protected virtual void Recover() { }
}

[Broken("counts its units and does not record who holds them: those of the dead never come back", "Interleavings")]
public sealed class UnitsDieWithTheirHolder : ProcessSemaphoreDeathContract
{
    public override string Name => nameof(UnitsDieWithTheirHolder);

    protected override Estate NewSubject() => new EstateOfUnits(() => new Twin());

    private sealed class Twin : CountedUnits
    {
        protected override void Record(int place) => Terms.Total--;
    }
}

[Broken("counts a unit out and records its holder afterwards: a death in between loses it", "Interleavings")]
public sealed class UnitIsTakenBeforeItIsRecorded : ProcessSemaphoreDeathContract
{
    public override string Name => nameof(UnitIsTakenBeforeItIsRecorded);

    protected override Estate NewSubject() => new EstateOfUnits(() => new Twin());

    private sealed class Twin : CountedUnits
    {
        protected override void Record(int place)
        {
            Volatile.Write(ref Terms.Total, 0);
            Volatile.Write(ref Holdings[place], 1);
        }

        protected override void Recover()
        {
            for (int place = 0; place < Holdings.Length; place++)
            {
                if (Holdings[place] == 0 || Users.IsTaken(place)) continue;
                Holdings[place] = 0;
                Terms.Total = 1;
                Terms.Recovered++;
            }
        }
    }
}

[Broken("gives the units of the dead to the living and tells nobody", "Interleavings")]
public sealed class UnitsComeBackInSilence : ProcessSemaphoreDeathContract
{
    public override string Name => nameof(UnitsComeBackInSilence);

    public override int LeastSteps => 12;

    public override int MostSteps => 26;

    protected override Estate NewSubject() => new EstateOfUnits(() => new Twin());

    private sealed class Twin() : SharedUnits(1, 1)
    {
        public override bool Take(int place, TimeSpan timeout, CancellationToken cancel = default)
        {
            bool isTaken = base.Take(place, timeout, cancel);
            Volatile.Write(ref Terms.Recovered, 0);
            return isTaken;
        }
    }
}

[Broken("takes a unit when its time is up, and says that it has none", "Interleavings")]
public sealed class UnitIsEatenByTimeout : ProcessSemaphoreContract
{
    protected override int InitialState => 0;

    protected override int Threads => 2;

    protected override IEnumerable<Operation<UnitsOfTwo, int>> Operations => [WaitSoon, Release];

    protected override SharedUnits NewUnits() => new Twin();

    private sealed class Twin() : SharedUnits(initial: 0, Maximum)
    {
        public override bool Take(int place, TimeSpan timeout, CancellationToken cancel = default)
        {
            if (timeout == TimeSpan.Zero || timeout == Timeout.InfiniteTimeSpan) return base.Take(place, timeout, cancel);
            int ticket = SharedEventCount.Prepare(ref Terms.Waiting);
            if (Protocol.TryTake(place, alsoOfTheDead: false)) return true;
            SharedEventCount.Sleep(ref Terms.Waiting, ticket, timeout);
            base.Take(place, TimeSpan.Zero, cancel);
            return false;
        }
    }
}

[Broken("wakes one of those who wait, however many units were given back", "Interleavings")]
public sealed class UnitsWakeOne : ProcessSemaphoreContract
{
    protected override int InitialState => 0;

    protected override int CallsPerThread => 1;

    // Two wait and one gives back: other programs only hide it.
    protected override IEnumerable<Operation<UnitsOfTwo, int>> Operations =>
        [Wait.By("who waits"), WaitCalled("Wait too").By("who waits too"), Release.By("who releases")];

    protected override SharedUnits NewUnits() => new Twin();

    private sealed class Twin() : SharedUnits(initial: 0, Maximum)
    {
        public override bool GiveBack(int place, int count)
        {
            bool fits = Protocol.TryGiveBack(place, count);
            if (fits) SharedEventCount.Signal(ref Terms.Waiting, 1);
            return fits;
        }
    }
}
