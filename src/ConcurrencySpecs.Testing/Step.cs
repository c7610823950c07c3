namespace ConcurrencySpecs.Testing;

/// <summary>What a model answers to one call: the outcomes that are allowed in a state.</summary>
/// <remarks>
/// A tuple <c>(next state, result)</c> is one outcome; <see cref="Step.OneOf{TState,TResult}"/> allows several;
/// <see cref="Step.Waits"/> allows none yet, so the call has to wait.
/// </remarks>
public readonly struct Step<TState, TResult>
{
    private Step(params (TState State, TResult Result)[] outcomes) => Outcomes = outcomes;

    internal (TState State, TResult Result)[] Outcomes { get; }

#pragma warning disable CA2225 // the conversions are the syntax of a model; Step.OneOf is the named way
    /// <summary>The one outcome that is allowed.</summary>
    public static implicit operator Step<TState, TResult>((TState State, TResult Result) outcome) => new(outcome);

    /// <summary>No outcome yet: the call waits.</summary>
    public static implicit operator Step<TState, TResult>(Waiting waiting) => new([]);

    /// <summary>Any of the outcomes given.</summary>
    public static implicit operator Step<TState, TResult>((TState State, TResult Result)[] outcomes) => new(outcomes);
#pragma warning restore CA2225
}

/// <summary>Marks a call that has to wait in the state it was asked about.</summary>
public readonly struct Waiting;

/// <summary>The answers of a model that are not a plain tuple.</summary>
public static class Step
{
    /// <summary>The call cannot take effect in this state: it waits until another call has changed it.</summary>
    public static Waiting Waits => default;

    /// <summary>Any of <paramref name="outcomes"/> is right, for example an item or a cancellation when both were possible.</summary>
    public static Step<TState, TResult> OneOf<TState, TResult>(params (TState State, TResult Result)[] outcomes) => outcomes;
}
