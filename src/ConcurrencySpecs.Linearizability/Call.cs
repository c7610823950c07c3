namespace ConcurrencySpecs.Linearizability;

/// <summary>How a call stood when its history was closed.</summary>
public enum CallStatus
{
    /// <summary>It returned; <see cref="Call.Result"/> and <see cref="Call.Returned"/> are known.</summary>
    Completed,

    /// <summary>It was under way when recording stopped: it may or may not have taken effect.</summary>
    Pending,

    /// <summary>It waited until it was withdrawn at <see cref="Call.Returned"/>, without effect: at that moment it must have had to wait.</summary>
    Blocked,
}

/// <summary>One call on a shared object: who made it, what it was given, what it gave back, and the interval in which it took effect.</summary>
/// <param name="Thread">The lane of the caller; the calls of one lane do not overlap.</param>
/// <param name="Operation">The operation's name.</param>
/// <param name="Argument">What it was given, or null.</param>
/// <param name="Result">What it gave back; meaningless unless <paramref name="Status"/> is <see cref="CallStatus.Completed"/>.</param>
/// <param name="Invoked">When it began, on a clock that all lanes share.</param>
/// <param name="Returned">When it ended; <see cref="long.MaxValue"/> when it did not: a blocked call then waited to the end of the history.</param>
/// <param name="Status">Whether it returned.</param>
public sealed record Call(
    int Thread, string Operation, object? Argument, object? Result, long Invoked, long Returned, CallStatus Status = CallStatus.Completed)
{
    /// <summary>The lane of a look at the object when all is over; drawings name it so.</summary>
    public const int LastLook = int.MaxValue;

    /// <summary>The earliest moment at which it may have taken effect; of a blocked call, the moment of which it testifies.</summary>
    internal long EffectFrom => Status == CallStatus.Blocked ? Returned : Invoked;

    /// <summary>True when this call had returned before <paramref name="other"/> began. Equal times overlap.</summary>
    public bool Precedes(Call other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Returned < other.EffectFrom;
    }

    /// <summary>The call as a reader of code would write it: <c>TryPut(3) → true</c>.</summary>
    public override string ToString() => Status switch
    {
        CallStatus.Completed => $"{Invocation} → {Show.Value(Result)}",
        CallStatus.Blocked => $"{Invocation} waits for ever",
        _ => $"{Invocation} did not return",
    };

    /// <summary>The call without its result: <c>TryPut(3)</c>.</summary>
    public string Invocation => $"{Operation}({(Argument is null ? "" : Show.Value(Argument))})";
}
