namespace ConcurrencySpecs.Exploration.Explanation;

/// <summary>Where an execution left the default "stay with the thread that runs, else the lowest number".</summary>
/// <param name="Thread">The thread that took the step before.</param>
/// <param name="Step">How many steps it had taken.</param>
/// <param name="Target">The thread chosen instead of the default.</param>
internal readonly record struct Deviation(int Thread, int Step, int Target);

/// <summary>A number that a thread drew without a seed, where the strategy chose it.</summary>
/// <param name="Thread">Who drew it.</param>
/// <param name="Value">From 0 to 255.</param>
internal readonly record struct Draw(int Thread, int Value);

/// <summary>A schedule as its deviations from the default; with the same body it gives the same execution.</summary>
/// <param name="Deviations">In the order in which they happen.</param>
/// <param name="Parents">The parent of every thread by number: replaying numbers threads as the search did.</param>
internal sealed record Schedule(IReadOnlyList<Deviation> Deviations, IReadOnlyList<int> Parents)
{
    /// <summary>The numbers that were chosen, in the order in which they were drawn; each thread gets its own again.</summary>
    public IReadOnlyList<Draw> Draws { get; init; } = [];
}
