using ConcurrencySpecs.Exploration.Scheduling;

namespace ConcurrencySpecs.Exploration.Search.Figures;

/// <summary>The least that a monitor needs, so that the figures measure the engine and not a twin.</summary>
internal sealed class MiniMonitor : SyncObject
{
    private const long Free = 0, Pulsed = 1;
    private readonly Execution _x = Execution.Current!;
    private int _owner = -1;
    private ulong _waiting, _pulsed;

    internal override SyncState State => new(_owner + 1, _pulsed);

    internal override bool Admits(in SyncState state, int thread, long demand) =>
        state.Value == 0 && (demand == Free || (state.Threads >> thread & 1) != 0);

    internal override ulong Holders(in SyncState state) => state.Value == 0 ? 0 : 1ul << (int)(state.Value - 1);

    public void Enter()
    {
        _x.Block(this, StepKind.Acquire, Free);
        _owner = _x.Running.Id;
    }

    public void Exit()
    {
        _x.Step(this, StepKind.Release);
        _owner = -1;
    }

    public void Wait()
    {
        _x.Step(this, StepKind.Wait);
        _waiting |= _x.Running.Bit;
        _owner = -1;
        _x.Block(this, StepKind.Acquire, Pulsed);
        _owner = _x.Running.Id;
        _pulsed &= ~_x.Running.Bit;
    }

    public void PulseAll()
    {
        _x.Step(this, StepKind.Signal);
        _pulsed |= _waiting;
        _waiting = 0;
    }
}
