using System.Runtime.CompilerServices;
using ConcurrencySpecs.Exploration.Scheduling;

/// <summary>A counting semaphore, written as a twin is.</summary>
public sealed class TestSemaphore(int count) : SyncObject
{
    private int _count = count;

    private static Execution X => Execution.Current!;

    public int Peek => _count;

    internal override SyncState State => new(_count);

    internal override bool Admits(in SyncState state, int thread, long demand) => state.Value > 0;

    public void Wait([CallerLineNumber] int line = 0)
    {
        Line.At(line, "Wait");
        X.Block(this, StepKind.Acquire);
        _count--;
    }

    public bool TryWait(int milliseconds, [CallerLineNumber] int line = 0)
    {
        Line.At(line, "Wait");
        if (!X.BlockFor(this, StepKind.TryAcquire, milliseconds)) return false;
        _count--;
        return true;
    }

    public void Release([CallerLineNumber] int line = 0)
    {
        Line.At(line, "Release");
        X.Step(this, StepKind.Release);
        _count++;
    }
}
