namespace ConcurrencySpecs.Exploration.Scheduling;

/// <summary>Decides at every point who goes next.</summary>
internal abstract class Strategy
{
    /// <summary>Says "give this execution up" where <see cref="Choose"/> returns a thread.</summary>
    public const int Abandon = -1;

    /// <summary>Prepares the next execution; false when nothing is left to try.</summary>
    public abstract bool Begin(Execution execution);

    /// <summary>The number of the thread whose pending step is taken next.</summary>
    /// <param name="execution">The running execution: pending steps, threads.</param>
    /// <param name="current">The thread that took the last step.</param>
    /// <param name="candidates">The enabled threads less those that spin while nothing changes; never empty.</param>
    /// <param name="enabled">All enabled threads.</param>
    public abstract int Choose(Execution execution, int current, ulong candidates, ulong enabled);

    /// <summary>Whether it chooses the numbers that the program draws without a seed; otherwise they are the same in every schedule.</summary>
    public virtual bool ChoosesNumbers => false;

    /// <summary>A number from 0 to <paramref name="ways"/> − 1 for the running thread; asked only of a strategy that chooses numbers.</summary>
    public virtual int Draw(Execution execution, int ways) => throw new NotSupportedException($"{GetType().Name} chooses no numbers.");

    /// <summary>Learns from a complete execution.</summary>
    public virtual void Ended(Execution execution) { }

    /// <summary>The execution is cut off here; pending steps are still as announced.</summary>
    public virtual void Stopping(Execution execution) { }

    /// <summary>Takes back the last execution, as if it had not begun: the collector moved objects and with them the addresses.</summary>
    public abstract void Undo();

    /// <summary>The search has ended, for whatever reason.</summary>
    public virtual void Close() { }

    /// <summary>Whether <see cref="Begin"/> returns false only when every schedule is covered.</summary>
    public virtual bool Exhausts => false;

    /// <summary>Whether it compares resources of different executions, see <see cref="ObjectNames"/>.</summary>
    public virtual bool WantsNames => false;

    /// <summary>Whether a thread must have the same number in every execution, see <see cref="ThreadNumbers"/>; else it may be numbered anew.</summary>
    public virtual bool WantsNumbers => true;

    /// <summary>Why the strategy cannot go on: the body behaved differently under the same choices. Null while all is well.</summary>
    public string? Broken { get; protected set; }

    /// <summary>The default everywhere: stay with the current thread, else take the lowest number.</summary>
    public static int Stay(int current, ulong candidates) =>
        (candidates >> current & 1) != 0 ? current : System.Numerics.BitOperations.TrailingZeroCount(candidates);
}
