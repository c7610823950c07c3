using ConcurrencySpecs.Exploration.Scheduling;

namespace ConcurrencySpecs.Exploration.Twins;

/// <summary>What a WaitHandle counts: 0 or 1 for an event, the units of a semaphore.</summary>
internal class HandleState(string noun, int count, int most, bool consumed) : Gate
{
    // I1  0 ≤ _count ≤ most
    // I2  _version differs whenever _count does
    private int _count = count;
    private readonly List<WatchGate> _watchers = [];

    private protected override long Opening => _count;
    internal override string Noun => noun;

    public int Count => _count;

    /// <summary>What a step on the handle is a step on.</summary>
    public virtual Gate On => this;

    public virtual bool Signalled => _count > 0;
    public int Version { get; private set; }

    /// <summary>Takes what a successful wait takes; in the step that looked.</summary>
    public virtual bool TryTake()
    {
        if (_count == 0) return false;
        if (!consumed) return true;
        _count--;
        Version++;
        return true;
    }

    /// <summary>Sets the event, or adds units as far as there is room.</summary>
    public void Add(int units)
    {
        Steps.Change(this, StepKind.Signal);
        Grow(Math.Min(most - _count, units));
    }

    /// <summary>Adds units and gives the count before; null, and no change, when there is no room for all.</summary>
    public int? AddAtMost(int units)
    {
        Steps.Change(this, StepKind.Release);
        if (units > most - _count) return null;
        int before = _count;
        Grow(units);
        return before;
    }

    public void Reset()
    {
        Steps.Change(this, StepKind.Reset);
        _count = 0;
        Version++;
    }

    /// <summary>In the step that looked: tell <paramref name="watcher"/> when more comes.</summary>
    public void Watch(WatchGate watcher)
    {
        if (!_watchers.Contains(watcher)) _watchers.Add(watcher);
    }

    /// <summary>In the step of a change of the handle, or of what is behind it: adds units and tells those who watch more than one handle.</summary>
    public void Grow(int units)
    {
        _count += units;
        Version++;
        foreach (WatchGate watcher in _watchers.ToArray())
        {
            Steps.Change(watcher, StepKind.Wake);
            if (watcher.Over) _watchers.Remove(watcher);
            watcher.Open();
        }
    }
}

/// <summary>Opened by every handle that a WaitAny or WaitAll is interested in, closed when it has looked again.</summary>
internal sealed class WatchGate : Gate
{
    private bool _open;

    private protected override long Opening => _open ? 1 : 0;
    internal override string Noun => "several wait handles";

    public bool Over { get; set; }
    public void Open() => _open = true;
    public void Close() => _open = false;
}
