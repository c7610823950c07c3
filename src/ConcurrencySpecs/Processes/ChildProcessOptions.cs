namespace ConcurrencySpecs.Processes;

/// <summary>What can be said about a child process before it is started.</summary>
public sealed class ChildProcessOptions
{
    /// <summary>Its name, in messages too; without one, children are numbered: Process-1, and its own first child Process-1:1.</summary>
    public string? Name { get; init; }

    /// <summary>What becomes of the child when this process ends.</summary>
    public ChildLifetime Lifetime { get; init; }
}
