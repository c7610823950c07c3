using ConcurrencySpecs.Exploration.Scheduling;

namespace ConcurrencySpecs.Exploration.Rewriting;

/// <summary>What a [ThreadStatic] field becomes: an ordinary static that holds one value per logical thread.</summary>
/// <remarks>Logical threads share the operating system's threads, and these outlive executions; a real thread static would carry values from one to the next.
/// The holder is dropped with the other statics before each execution. Outside an execution there is one value, the main thread's.</remarks>
internal sealed class PerThread<T>
{
    private readonly T?[] _values = new T?[Execution.MaxThreads];

    /// <summary>The running logical thread's value of the field <paramref name="holder"/>.</summary>
    public static ref T? Of(ref PerThread<T>? holder)
    {
        holder ??= new PerThread<T>();
        return ref holder._values[Execution.Current is { } execution ? execution.Running.Id : 0];
    }
}
