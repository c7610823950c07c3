using System.Runtime.CompilerServices;
using ConcurrencySpecs.Exploration.Scheduling;

/// <summary>A monitor without recursion, written as a twin is.</summary>
public sealed class TestMutex : SyncObject
{
    private const long Free = 0, Pulsed = 1;
    private int _owner = -1;
    private ulong _pulsed;
    private readonly List<int> _waiting = [];

    private static Execution X => Execution.Current!;

    internal override SyncState State => new(_owner + 1, _pulsed);

    internal override bool Admits(in SyncState state, int thread, long demand) =>
        state.Value == 0 && (demand != Pulsed || (state.Threads >> thread & 1) != 0);

    internal override ulong Holders(in SyncState state) => state.Value == 0 ? 0 : 1ul << (int)(state.Value - 1);

    internal override string Noun => "lock";

    public void Enter([CallerLineNumber] int line = 0)
    {
        Line.At(line, "Enter");
        X.Block(this, StepKind.Acquire, Free);
        _owner = X.Running.Id;
    }

    public bool TryEnter(int milliseconds = 0, [CallerLineNumber] int line = 0)
    {
        Line.At(line, "TryEnter");
        if (!X.BlockFor(this, StepKind.TryAcquire, milliseconds, Free)) return false;
        _owner = X.Running.Id;
        return true;
    }

    public void Exit([CallerLineNumber] int line = 0)
    {
        Line.At(line, "Exit");
        X.Step(this, StepKind.Release);
        _owner = -1;
    }

    public void Wait([CallerLineNumber] int line = 0)
    {
        Leave(line);
        X.Block(this, StepKind.Acquire, Pulsed);
        Return();
    }

    /// <summary>The answer is decided in one step, taking the lock again is another.</summary>
    public bool TryWait(int milliseconds, [CallerLineNumber] int line = 0)
    {
        Leave(line);
        int me = X.Running.Id;
        X.Step(this, StepKind.Wake);
        bool pulsed = (_pulsed >> me & 1) != 0;
        if (!pulsed) _waiting.Remove(me);
        X.Block(this, StepKind.Acquire, Free);
        Return();
        return pulsed;
    }

    public void Pulse([CallerLineNumber] int line = 0) => Wake(1, line);

    public void PulseAll([CallerLineNumber] int line = 0) => Wake(int.MaxValue, line);

    private void Leave(int line)
    {
        Line.At(line, "Wait");
        X.Step(this, StepKind.Wait);
        _waiting.Add(X.Running.Id);
        _owner = -1;
    }

    private void Return()
    {
        _owner = X.Running.Id;
        _pulsed &= ~(1ul << _owner);
    }

    private void Wake(int most, int line)
    {
        Line.At(line, "Pulse");
        X.Step(this, StepKind.Signal);
        while (most-- > 0 && _waiting.Count > 0)
        {
            _pulsed |= 1ul << _waiting[0];
            _waiting.RemoveAt(0);
        }
    }
}
