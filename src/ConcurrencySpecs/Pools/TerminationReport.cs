namespace ConcurrencySpecs.Pools;

/// <summary>What became of the work of a pool that was terminated.</summary>
/// <param name="Lost">What was handed in and never ran, in no particular order: work items, delegates, and the items of maps.</param>
/// <param name="Errors">What posted items threw while they could run.</param>
public sealed record TerminationReport(IReadOnlyList<object?> Lost, IReadOnlyList<Exception> Errors);
