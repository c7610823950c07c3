namespace ConcurrencySpecs.Exploration;

/// <summary>A schedule reached a call that the explorer does not control; the exploration ended there, because what follows would not be systematic.</summary>
public sealed class UncontrolledCallException(string message, UncontrolledCall call) : Exception(message)
{
    /// <summary>The call that was reached.</summary>
    public UncontrolledCall Call { get; } = call;
}
