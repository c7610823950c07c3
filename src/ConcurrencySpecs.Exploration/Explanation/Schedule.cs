namespace ConcurrencySpecs.Exploration.Explanation;

/// <summary>Where an execution left the default "stay with the thread that runs, else the lowest number".</summary>
/// <param name="Thread">The thread that took the step before.</param>
/// <param name="Step">How many steps it had taken.</param>
/// <param name="Target">The thread chosen instead of the default.</param>
internal readonly record struct Deviation(int Thread, int Step, int Target);

/// <summary>A schedule as its deviations from the default; with the same body it gives the same execution.</summary>
/// <param name="Deviations">In the order in which they happen.</param>
/// <param name="Parents">The parent of every thread by number: replaying numbers threads as the search did.</param>
internal sealed record Schedule(IReadOnlyList<Deviation> Deviations, IReadOnlyList<int> Parents);
