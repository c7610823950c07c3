using System.ComponentModel;
using ConcurrencySpecs.Exploration.Scheduling;

namespace ConcurrencySpecs.Exploration.Twins;

/// <summary>Stands for the calls of <see cref="CancellationTokenRegistration"/>: disposing waits for a callback that is under way elsewhere.</summary>
[CallsOf(typeof(CancellationTokenRegistration)), EditorBrowsable(EditorBrowsableState.Never)]
[Passes("get_Token", "Equals", "GetHashCode", "op_Equality", "op_Inequality")]
public static class CancellationTokenRegistrationCalls
{
    public static bool Unregister(ref CancellationTokenRegistration self)
    {
        if (Steps.Exploring && self.Token.CanBeCanceled) Steps.Change(SourceState.Of(self.Token));
        return self.Unregister();
    }

    public static void Dispose(ref CancellationTokenRegistration self)
    {
        if (Running(ref self) is { } callback) Steps.Await(callback, StepKind.Wait, Timeout.Infinite);
    }

    public static ValueTask DisposeAsync(ref CancellationTokenRegistration self)
    {
        if (!Steps.Exploring) return self.DisposeAsync();
        return Running(ref self) is { } callback
            ? new ValueTask(Promises.Waiter(() => Steps.Await(callback, StepKind.Wait, Timeout.Infinite)))
            : ValueTask.CompletedTask;
    }

    // Unregisters; if it is too late for that, the callback that another thread may still be running.
    private static SourceState.Callback? Running(ref CancellationTokenRegistration self)
    {
        if (!Steps.Exploring || !self.Token.CanBeCanceled)
        {
            self.Dispose();
            return null;
        }
        SourceState source = SourceState.Of(self.Token);
        Steps.Change(source);
        if (self.Unregister()) return null;
        SourceState.Callback? callback = source.CallbackOf(self);
        return callback is null || callback.Runner == Steps.Me || !source.HasBeenCancelled ? null : callback;
    }
}
