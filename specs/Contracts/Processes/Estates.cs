using ConcurrencySpecs.Native;
using ConcurrencySpecs.SharedMemory;
using ConcurrencySpecs.Waiting;

namespace ConcurrencySpecs.Contracts.Processes;

/// <summary>Two numbers under a lock, equal outside of it.</summary>
public sealed class EstateOfLock(Func<SharedLock> make) : Estate
{
    private readonly SharedLock _gate = make();
    private int _left, _right;

    protected override void Die()
    {
        _gate.Enter();
        _left++;
        _right++;
        _gate.Exit();
    }

    protected override string? Live()
    {
        string? objection = null;
        for (int i = 0; i < 2 && objection is null; i++)
        {
            _gate.Enter();
            bool isAbandoned = _gate.Words.Inconsistent != 0;
            if (isAbandoned && _gate.Words.Deceased != Mortal) objection = $"process {_gate.Words.Deceased} is named, and {Mortal} died";
            else if (!isAbandoned && _left != _right) objection = "half changed, and nobody was told";
            _right = _left;
            _gate.Words.Inconsistent = 0;
            _gate.Exit();
        }

        return objection;
    }
}

/// <summary>Two who wait for one item, of whom the mortal leaves it and notifies the other: whoever dies, the other gets it.</summary>
public class EstateOfCondition : Estate
{
    private readonly SharedLock _gate = new();
    private readonly SharedLine _line;
    private int _items;

    public EstateOfCondition(Func<SharedLock, SharedLine> make)
    {
        ArgumentNullException.ThrowIfNull(make);
        _line = make(_gate);
    }

    protected SharedLock Gate => _gate;

    protected SharedLine Line => _line;

    protected override void Die()
    {
        AwaitItem();
        _line.Notify(1);
        _gate.Exit();
    }

    /// <summary>What the producer does when it has notified, before it lets go of the lock.</summary>
    protected virtual void AfterNotifying() { }

    protected override string? Live()
    {
        // In this order: until one has to wait, the explorer lets it run, so that both wait before there is anything.
        var patient = new Thread(TakeOne);
        var producer = new Thread(Produce);
        patient.Start();
        producer.Start();
        patient.Join();
        producer.Join();
        return null;
    }

    private void Produce()
    {
        _gate.Enter();
        Repair();
        _items++;
        _line.Notify(1);
        AfterNotifying();
        _gate.Exit();
    }

    private void TakeOne()
    {
        AwaitItem();
        _items--;
        _gate.Exit();
    }

    private protected void AwaitItem(ISharedMemory? gateMemory = null)
    {
        _gate.Enter();
        Repair();
        while (_items == 0)
        {
            _line.Wait(Patience.Endless(), gateMemory);
            Repair();
        }
    }

    // Nothing is ever half done here, but one who was notified may have died before it could act on it.
    protected void Repair()
    {
        if (_gate.Words.Inconsistent == 0) return;
        _gate.Words.Inconsistent = 0;
        _line.Notify(int.MaxValue);
    }
}

/// <summary>Two parties that meet twice: both cross, or neither, and nobody waits for the dead.</summary>
public sealed class EstateOfBarrier : Estate
{
    private readonly bool[] _told = new bool[2];
    private readonly SharedParties _point;
    private int _actions;

    public EstateOfBarrier(Func<Action?, SharedParties> make, bool acts)
    {
        ArgumentNullException.ThrowIfNull(make);
        _point = make(acts ? () => _actions++ : null);
    }

    protected override void Begin() => _point.Open();

    protected override void Enter() => _point.Open();

    protected override void Die()
    {
        for (int round = 0; round < 2; round++)
        {
            bool crossed = _point.Meet(Timeout.InfiniteTimeSpan) is not null;
            Volatile.Write(ref _told[round], crossed);
        }
    }

    protected override string? Live()
    {
        for (int round = 0; round < 2; round++)
        {
            if (_point.Meet(Timeout.InfiniteTimeSpan) is not null) continue;
            if (Volatile.Read(ref _told[round])) return "the dead had crossed, and the living did not";
            return _point.IsBroken ? null : "not crossed, and not broken";
        }

        return null;
    }
}

/// <summary>Two numbers under a lock for readers and writers, equal whenever no writer is inside.</summary>
public sealed class EstateOfReaders(Func<SharedReaders> make) : Estate
{
    private readonly SharedReaders _gate = make();
    private int _left, _right;

    protected override void Die()
    {
        using (_gate.Read(Timeout.InfiniteTimeSpan)) { }
        using (_gate.Write(Timeout.InfiniteTimeSpan))
        {
            _left++;
            _right++;
        }
    }

    protected override string? Live()
    {
        using (_gate.Read(Timeout.InfiniteTimeSpan))
        {
            if (Objection() is { } objection) return objection;
        }

        int told = 0;
        for (int i = 0; i < 2; i++)
        {
            using IDisposable? held = _gate.Write(Timeout.InfiniteTimeSpan);
            if (Objection() is { } objection) return objection;
            if (_gate.AbandonedBy != 0) told++;
            _right = _left;
            _gate.MarkConsistent();
        }

        return told > 1 ? "abandoned once more after it was repaired" : null;
    }

    private string? Objection()
    {
        if (_gate.AbandonedBy != 0) return _gate.AbandonedBy == Mortal ? null : $"process {_gate.AbandonedBy} is named, and {Mortal} died";
        return _left == _right ? null : "half changed, and nobody was told";
    }
}
