using ConcurrencySpecs.Exploration.Scheduling;
using ConcurrencySpecs.Exploration.Search;

/// <summary>A scheduler of the simplest kind, as another tool would be one: every thread waits under one monitor until its number is called.</summary>
internal sealed class TurnTaker : DrivingBackend
{
    private readonly object _mutex = new();
    private readonly HashSet<int> _alive = [];
    private SplitMix _random;
    private int _turn, _decisions;

    /// <summary>After so many decisions it ends an execution, as a tool with a bound does.</summary>
    public int MostDecisions { get; init; } = int.MaxValue;

    public override string Name => "turn taker";

    public override IGate NewGate() => new MonitorGate();

    public Strategy Search(ulong seed)
    {
        _random = new SplitMix(seed);
        return new NoChoice();
    }

    public override void Run(Action main)
    {
        (_turn, _decisions) = (0, 0);
        _alive.Add(0);
        main();
        lock (_mutex) while (_alive.Count > 0) Monitor.Wait(_mutex);
    }

    public override void Start(int thread, Action life)
    {
        lock (_mutex) _alive.Add(thread);
        new Thread(() => life(), Carrier.StackBytes) { IsBackground = true }.Start();
    }

    public override bool Begin(int thread)
    {
        lock (_mutex) return Wait(thread);
    }

    public override bool Turn(int thread)
    {
        lock (_mutex)
        {
            Decide();
            return Wait(thread);
        }
    }

    public override void Leave(int thread)
    {
        lock (_mutex)
        {
            _alive.Remove(thread);
            if (_alive.Count > 0) Decide();
            else Monitor.PulseAll(_mutex);
        }
    }

    private bool HasEnded => _decisions > MostDecisions;

    private void Decide()
    {
        if (++_decisions == MostDecisions + 1) Ended();
        int[] enabled = [.. _alive.Where(MayGo).Order()];
        _turn = enabled[_random.Below(enabled.Length)];
        Monitor.PulseAll(_mutex);
    }

    private bool Wait(int thread)
    {
        while (_turn != thread && !HasEnded) Monitor.Wait(_mutex);
        return !HasEnded;
    }

    private sealed class NoChoice : Strategy
    {
        public override bool Begin(Execution execution) => true;

        public override void Undo() { }

        public override int Choose(Execution execution, int current, ulong candidates, ulong enabled) => throw new InvalidOperationException("Not asked.");
    }
}
