namespace ConcurrencySpecs.Contracts.Processes;

/// <summary>One unit that three want: whoever dies, the living get it, one at a time, and are told when it was in the hands of the dead.</summary>
public sealed class EstateOfUnits(Func<SharedUnits> make) : Estate
{
    private const int Outside = 0, InACall = 1, Inside = 2, Rounds = 2;

    private readonly SharedUnits _units = make();
    private int _whereMortalIs, _mine, _mortals;

    protected override void Begin() => _mine = _units.Open();

    protected override void Enter() => _mortals = _units.Open();

    protected override void Die()
    {
        for (int round = 0; round < Rounds; round++)
        {
            Volatile.Write(ref _whereMortalIs, InACall);
            _units.Take(_mortals, Timeout.InfiniteTimeSpan);
            Volatile.Write(ref _whereMortalIs, Inside);
            Volatile.Write(ref _whereMortalIs, InACall);
            _units.GiveBack(_mortals, 1);
            Volatile.Write(ref _whereMortalIs, Outside);
        }
    }

    protected override string? Live()
    {
        string? objection = null;
        var other = new Thread(() => objection = UseOnce(_units.Open()));
        other.Start();
        string? mine = UseOnce(_mine);
        other.Join();
        return mine ?? objection;
    }

    // A mortal that is inside while we are has died there, and its unit is ours.
    private string? UseOnce(int place)
    {
        _units.Take(place, Timeout.InfiniteTimeSpan);
        int recovered = _units.Recovered, where = Volatile.Read(ref _whereMortalIs);
        string? objection = (where, recovered) switch
        {
            (Inside, not 1) => $"the unit of the dead was reported {recovered} times",
            (Outside, not 0) => "a unit came back from one who held none",
            (InACall, > 1) => $"one unit came back {recovered} times",
            _ when _units.Take(place, TimeSpan.Zero) => "one unit is in two hands",
            _ => null,
        };
        if (!_units.GiveBack(place, 1)) objection ??= "the unit that was taken cannot be given back";
        return objection;
    }
}
