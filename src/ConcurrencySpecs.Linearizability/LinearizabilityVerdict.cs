using System.Collections.Immutable;

namespace ConcurrencySpecs.Linearizability;

/// <summary>What a checker can say of a history.</summary>
public enum Answer
{
    /// <summary>There is an order of its calls that respects time and the model; the verdict carries it.</summary>
    Linearizable,

    /// <summary>There is no such order.</summary>
    NotLinearizable,

    /// <summary>The budget ended first. It says nothing about the history.</summary>
    Undecided,
}

/// <summary>A checker's answer with its evidence.</summary>
/// <param name="Answer">The answer.</param>
/// <param name="Order">Linearizable: the calls in the order in which they took effect. Otherwise: the longest order that was possible.</param>
/// <param name="Reason">One sentence for a person: why there is no order, or which budget ended.</param>
/// <param name="Visited">How many distinct configurations (calls done, state) were looked at.</param>
public sealed record LinearizabilityVerdict(Answer Answer, ImmutableArray<Call> Order, string Reason, long Visited)
{
    /// <summary>True for <see cref="Answer.Linearizable"/>.</summary>
    public bool IsLinearizable => Answer == Answer.Linearizable;
}
