using ConcurrencySpecs.Exploration.Scheduling;

namespace ConcurrencySpecs.Exploration.Twins;

/// <summary>A thing that threads wait for until it is open; a token can call a waiter away.</summary>
/// <remarks>Public only because twins that programs may inherit from are gates.</remarks>
public abstract class Gate : SyncObject
{
    // I1  bit n of _called is set while a token has called thread n away from this gate
    private ulong _called;

    /// <summary>Not 0 while the gate lets threads through.</summary>
    private protected abstract long Opening { get; }

    internal override SyncState State => new(Opening, _called);

    internal override bool Admits(in SyncState state, int thread, long demand) => state.Value != 0 || (state.Threads >> thread & 1) != 0;

    internal void CallAway(int thread) => _called |= 1ul << thread;
    internal void CallBack(int thread) => _called &= ~(1ul << thread);
    internal bool HasCalledAway(int thread) => (_called >> thread & 1) != 0;

    /// <summary>
    /// Waits until the gate is open, the time is up or the token is cancelled; the caller's next statement sees which, in the same step.
    /// Dispose what it returns after that statement.
    /// </summary>
    /// <exception cref="OperationCanceledException">The token was cancelled before.</exception>
    internal Cancellable Await(StepKind kind, int milliseconds, CancellationToken token)
    {
        var cancellable = new Cancellable(this, token);
        Steps.Await(this, kind, milliseconds);
        return cancellable;
    }
}
