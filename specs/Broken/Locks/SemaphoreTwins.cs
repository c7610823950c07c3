using ConcurrencySpecs.Testing;
using FsCheck.Fluent;

namespace ConcurrencySpecs.Broken.Locks;

/// <summary>A semaphore as a monitor, correct as it stands; each twin overrides one decision.</summary>
public class SemaphoreTwin(int maximum)
{
    private readonly object _gate = new();
    private int _units;

    public bool Wait(TimeSpan timeout, CancellationToken cancel = default)
    {
        using CancellationTokenRegistration wake = cancel.Register(Wake);
        lock (_gate)
        {
            while (_units == 0)
            {
                cancel.ThrowIfCancellationRequested();
                if (!Monitor.Wait(_gate, timeout)) return AfterTheTimeOut();
            }

            Take();
            return true;
        }
    }

    /// <summary>False when there would be more than the maximum.</summary>
    public virtual bool Release(int count)
    {
        lock (_gate)
        {
            if (count > maximum - _units) return false;
            Add(count);
            return true;
        }
    }

    protected void Take() => _units--;

    protected virtual void Add(int count)
    {
        _units += count;
        Monitor.PulseAll(_gate);
    }

    protected void AddAndWakeOne(int count)
    {
        _units += count;
        Monitor.Pulse(_gate);
    }

    protected virtual bool AfterTheTimeOut()
    {
        if (_units == 0) return false;
        Take();
        return true;
    }

    /// <summary>Lets go of the gate for a moment.</summary>
    protected void StepAside()
    {
        Monitor.Exit(_gate);
        Monitor.Enter(_gate);
    }

    protected bool HasUnits => _units > 0;

    private void Wake()
    {
        lock (_gate) Monitor.PulseAll(_gate);
    }
}

/// <summary>What a semaphore owes, asked of twins.</summary>
public abstract class SemaphoreTwinContract : ConcurrentSpec<SemaphoreTwin, int>
{
    protected const int Maximum = 2;

    protected override int InitialState => 0;

    protected override IEnumerable<Operation<SemaphoreTwin, int>> Operations =>
    [
        Operation("Wait", (semaphore, cancel) => semaphore.Wait(Timeout.InfiniteTimeSpan, cancel), units => units > 0 ? (units - 1, true) : Step.Waits),
        Operation("Wait within a tick", semaphore => semaphore.Wait(TimeSpan.FromTicks(1)), units => units > 0 ? (units - 1, true) : (units, false)),
        Operation("Release", Gen.Choose(1, 2), (semaphore, count) => semaphore.Release(count),
            (units, count) => units + count <= Maximum ? (units + count, true) : (units, false)),
    ];
}

[Broken("adds the units and only then finds that they are too many", "Sequential")]
public sealed class SemaphoreKeepsWhatWasTooMuch : SemaphoreTwinContract
{
    protected override SemaphoreTwin NewSubject() => new Twin();

    private sealed class Twin() : SemaphoreTwin(int.MaxValue)
    {
        private int _released;

        public override bool Release(int count)
        {
            base.Release(count);
            return Interlocked.Add(ref _released, count) <= Maximum;
        }
    }
}

[Broken("wakes one waiter however many units are released", "Interleavings")]
public sealed class SemaphoreWakesOneForTwo : SemaphoreTwinContract
{
    protected override SemaphoreTwin NewSubject() => new Twin();

    private sealed class Twin() : SemaphoreTwin(Maximum)
    {
        protected override void Add(int count) => AddAndWakeOne(count);
    }
}

[Broken("takes a unit when its time is up, and says that it got none", "Interleavings")]
public sealed class SemaphoreLosesAUnitOnTimeOut : SemaphoreTwinContract
{
    protected override SemaphoreTwin NewSubject() => new Twin();

    private sealed class Twin() : SemaphoreTwin(Maximum)
    {
        protected override bool AfterTheTimeOut()
        {
            StepAside();
            if (HasUnits) Take();
            return false;
        }
    }
}
