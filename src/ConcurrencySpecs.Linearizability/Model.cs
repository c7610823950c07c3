namespace ConcurrencySpecs.Linearizability;

/// <summary>What an object does when its calls come one at a time: the meaning against which a history is judged.</summary>
/// <typeparam name="TState">An immutable state with value equality; without it the checker is still right, but visits states more than once.</typeparam>
/// <remarks>A model is pure: the same state and call always give the same answer, and nothing is changed in place.</remarks>
public abstract class Model<TState>
{
    /// <summary>The state of a new object.</summary>
    public abstract TState Initial { get; }

    /// <summary>
    /// The states that the object may be in after <paramref name="call"/> took effect in <paramref name="state"/>.
    /// A completed call must give its recorded result; a pending or blocked one may give any. None: the call cannot take effect here.
    /// </summary>
    public abstract IReadOnlyList<TState> Next(TState state, Call call);

    /// <summary><see cref="Next"/>, save that a blocked call testifies: it changes nothing, and only where it has to wait.</summary>
    internal IReadOnlyList<TState> After(TState state, Call call)
    {
        IReadOnlyList<TState> next = Next(state, call);
        if (call.Status != CallStatus.Blocked) return next;
        return next.Count == 0 ? [state] : [];
    }

    /// <summary>The state in words, for explanations.</summary>
    public virtual string Describe(TState state) => Show.Value(state);

    /// <summary>What <paramref name="call"/> would give back in <paramref name="state"/>, for explanations; null when nothing can be said.</summary>
    public virtual string? Expected(TState state, Call call) => null;
}
