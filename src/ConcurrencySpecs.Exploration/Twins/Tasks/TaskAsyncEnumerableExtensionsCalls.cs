using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace ConcurrencySpecs.Exploration.Twins;

/// <summary>Stands for the calls of <see cref="TaskAsyncEnumerableExtensions"/>: what goes on without the context would go on in the thread pool.</summary>
[CallsOf(typeof(TaskAsyncEnumerableExtensions)), EditorBrowsable(EditorBrowsableState.Never)]
[Passes("*")]
public static class TaskAsyncEnumerableExtensionsCalls
{
    public static ConfiguredAsyncDisposable ConfigureAwait(IAsyncDisposable source, bool continueOnCapturedContext) =>
        source.ConfigureAwait(continueOnCapturedContext || Steps.Exploring);

    public static ConfiguredCancelableAsyncEnumerable<T> ConfigureAwait<T>(IAsyncEnumerable<T> source, bool continueOnCapturedContext) =>
        source.ConfigureAwait(continueOnCapturedContext || Steps.Exploring);
}

/// <summary>Stands for the calls of <see cref="ConfiguredCancelableAsyncEnumerable{T}"/>.</summary>
[CallsOf(typeof(ConfiguredCancelableAsyncEnumerable<>)), EditorBrowsable(EditorBrowsableState.Never)]
[Passes("*")]
public static class ConfiguredCancelableAsyncEnumerableCalls
{
    public static ConfiguredCancelableAsyncEnumerable<T> ConfigureAwait<T>(ref ConfiguredCancelableAsyncEnumerable<T> self, bool continueOnCapturedContext) =>
        self.ConfigureAwait(continueOnCapturedContext || Steps.Exploring);
}
