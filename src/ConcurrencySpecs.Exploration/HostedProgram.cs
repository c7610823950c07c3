namespace ConcurrencySpecs.Exploration;

/// <summary>What a <see cref="TwinHost"/> explores: a body over objects of that host.</summary>
/// <param name="Body">What to run; it is called as it is.</param>
/// <param name="WhenStuck">Asked, without steps, when every thread waits for what no thread can bring about: true when the schedule may end so.
/// Without it, that is a deadlock.</param>
public sealed record HostedProgram(Action Body, Func<bool>? WhenStuck = null);
