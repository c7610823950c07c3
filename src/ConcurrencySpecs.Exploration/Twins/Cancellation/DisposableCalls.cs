using System.ComponentModel;

namespace ConcurrencySpecs.Exploration.Twins;

/// <summary>Stands for the calls of <see cref="IDisposable"/>: <c>using</c> disposes through the interface, whatever the type behind it.</summary>
[CallsOf(typeof(IDisposable)), EditorBrowsable(EditorBrowsableState.Never)]
public static class DisposableCalls
{
    public static void Dispose(IDisposable self)
    {
        if (self is CancellationTokenSource source) CancellationTokenSourceCalls.Dispose(source);
        else self.Dispose();
    }
}
