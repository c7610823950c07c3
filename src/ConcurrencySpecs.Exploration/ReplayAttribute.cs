namespace ConcurrencySpecs.Exploration;

/// <summary>On a fact's method: its exploration runs this one schedule instead of all, as long as the attribute stands there.</summary>
/// <param name="schedule">The string that a failure printed.</param>
/// <remarks>For debugging with breakpoints. Remove it once the fault is fixed: a replayed fact covers nothing else.</remarks>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ReplayAttribute(string schedule) : Attribute
{
    /// <summary>The schedule that is run.</summary>
    public string Schedule { get; } = schedule;
}
