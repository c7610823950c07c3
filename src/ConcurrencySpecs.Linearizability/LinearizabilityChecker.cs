using System.Collections.Immutable;

namespace ConcurrencySpecs.Linearizability;

/// <summary>Says whether a history is linearizable: whether each call can be given one moment inside its interval so that the calls in that order
/// obey the model.</summary>
/// <remarks>
/// <para>Works for every model, with calls that never returned, waited for ever or have several possible outcomes.</para>
/// <para>Cost — exponential in the number of overlapping calls at worst; configurations already seen (calls done, state) are not searched again.</para>
/// <para>Source — Wing and Gong, "Testing and Verifying Concurrent Objects", JPDC 17, 1993, with the memory of Lowe, "Testing for Linearizability",
/// CCPE 29(4), 2017.</para>
/// </remarks>
public static class LinearizabilityChecker
{
    /// <summary>How many configurations are visited before the answer is <see cref="Answer.Undecided"/>.</summary>
    public const long DefaultBudget = 5_000_000;

    /// <summary>Judges <paramref name="history"/> by <paramref name="model"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="budget"/> is below 1.</exception>
    public static LinearizabilityVerdict Check<TState>(History history, Model<TState> model, long budget = DefaultBudget)
    {
        ArgumentNullException.ThrowIfNull(history);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentOutOfRangeException.ThrowIfLessThan(budget, 1);
        return new Search<TState>(history, model, budget).Run();
    }

    /// <summary>True when <paramref name="order"/> proves <paramref name="history"/> linearizable: a certificate is checked, never believed.</summary>
    public static bool Certifies<TState>(History history, Model<TState> model, ImmutableArray<Call> order)
    {
        ArgumentNullException.ThrowIfNull(history);
        ArgumentNullException.ThrowIfNull(model);
        var left = history.Calls.ToHashSet(ReferenceEqualityComparer.Instance);
        List<TState> states = [model.Initial];
        foreach (Call call in order)
        {
            if (!left.Remove(call)) return false;
            if (left.Cast<Call>().Any(other => other.Status != CallStatus.Pending && other.Precedes(call))) return false;
            states = [.. states.SelectMany(state => model.After(state, call)).Distinct()];
        }

        return states.Count > 0 && left.Cast<Call>().All(call => call.Status == CallStatus.Pending);
    }
}
