using System.ComponentModel;
using ConcurrencySpecs.Exploration.Scheduling;
using Real = System.Threading.SpinWait;

namespace ConcurrencySpecs.Exploration.Twins;

/// <summary>Stands for <see cref="System.Threading.SpinWait"/>: a spin lets the others go first.</summary>
[TwinOf(typeof(Real)), EditorBrowsable(EditorBrowsableState.Never)]
public struct SpinWait
{
    private Real _real;
    private int _count;

    public readonly int Count => _count > 0 ? _count : _real.Count;
    public readonly bool NextSpinWillYield => _count > 0 || _real.NextSpinWillYield;

    public void SpinOnce()
    {
        if (Spun()) return;
        _real.SpinOnce();
    }

    public void SpinOnce(int sleep1Threshold)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sleep1Threshold, -1);
        if (Spun()) return;
        _real.SpinOnce(sleep1Threshold);
    }

    public void Reset()
    {
        _real.Reset();
        _count = 0;
    }

    public static void SpinUntil(Func<bool> condition) => SpinUntil(condition, Timeout.Infinite);
    public static bool SpinUntil(Func<bool> condition, TimeSpan timeout) => SpinUntil(condition, Timeouts.Milliseconds(timeout));

    public static bool SpinUntil(Func<bool> condition, int millisecondsTimeout)
    {
        if (!Steps.Exploring || condition is null) return Real.SpinUntil(condition!, millisecondsTimeout);
        Timeouts.Check(millisecondsTimeout);
        Execution execution = Execution.Current!;
        for (int round = 0; !condition(); round++)
        {
            // Looking once after the time has passed is as good as looking often before: either look may come as late as the schedule likes.
            if (millisecondsTimeout == 0 || (millisecondsTimeout > 0 && round > 0)) return false;
            if (millisecondsTimeout > 0) execution.Sleep(millisecondsTimeout);
            else execution.Step(StepKind.Yield);
        }
        return true;
    }

    private bool Spun()
    {
        if (Execution.Current is not { } execution) return false;
        execution.Step(StepKind.Yield);
        if (++_count < 0) _count = 10;
        return true;
    }
}
