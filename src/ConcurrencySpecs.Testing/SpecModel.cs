using ConcurrencySpecs.Linearizability;

namespace ConcurrencySpecs.Testing;

/// <summary>The steps of a spec's operations as a model of histories.</summary>
internal sealed class SpecModel<TSubject, TState>(TState initial, IReadOnlyList<Operation<TSubject, TState>> operations) : Model<object>
    where TState : notnull
{
    private readonly Dictionary<string, Operation<TSubject, TState>> _byName = operations.ToDictionary(op => op.Name, StringComparer.Ordinal);

    public override object Initial => initial;

    public override IReadOnlyList<object> Next(object state, Call call)
    {
        var outcomes = Outcomes(state, call);
        return outcomes.Length switch
        {
            0 => [],
            1 => Fits(outcomes[0].Result, call) ? [outcomes[0].State] : [],
            _ => [.. outcomes.Where(outcome => Fits(outcome.Result, call)).Select(outcome => (object)outcome.State).Distinct()],
        };
    }

    public override string? Expected(object state, Call call)
    {
        var outcomes = Outcomes(state, call);
        return outcomes.Length == 0
            ? "it has to wait there"
            : $"it must give {string.Join(" or ", outcomes.Select(outcome => Show.Value(outcome.Result)).Distinct())} there";
    }

    private (TState State, object? Result)[] Outcomes(object state, Call call) => _byName[call.Operation].Step((TState)state, call.Argument);

    private static bool Fits(object? result, Call call) => call.Status != CallStatus.Completed || Results.Same(result, call.Result);
}

/// <summary>Results are equal as values; arrays and lists item by item.</summary>
internal static class Results
{
    public static bool Same(object? left, object? right) =>
        Equals(left, right) || (left is System.Collections.IStructuralEquatable items and Array
            && items.Equals(right, System.Collections.StructuralComparisons.StructuralEqualityComparer));
}
