using ConcurrencySpecs.Exploration.Scheduling;

namespace ConcurrencySpecs.Exploration.Twins;

/// <summary>A wait that a token can end: entered at the token's source before it and left after it.</summary>
/// <remarks>
/// Entering and leaving count as reads of the source: they commute with each other and conflict with Cancel alone, which runs, in the
/// thread that cancels, one step on the gate of everyone it finds entered.
/// </remarks>
internal readonly ref struct Cancellable
{
    private readonly Call? _call;
    private readonly CancellationTokenRegistration _registration;

    public Cancellable(Gate gate, CancellationToken token)
    {
        if (!token.CanBeCanceled) return;
        Steps.Look(SourceState.Of(token));
        token.ThrowIfCancellationRequested();
        _call = new Call(gate, Steps.Me, token);
        _registration = token.UnsafeRegister(static call => ((Call)call!).Away(), _call);
    }

    /// <summary>False, unless the token has called this thread away.</summary>
    /// <exception cref="OperationCanceledException">It has.</exception>
    public bool ThrowIfCalledAway()
    {
        if (_call is { } call && call.Gate.HasCalledAway(call.Thread)) throw new OperationCanceledException(call.Token);
        return false;
    }

    public void Dispose()
    {
        if (_call is null) return;
        Steps.Look(SourceState.Of(_call.Token));
        _registration.Unregister();
        _call.Leave();
    }

    private sealed class Call(Gate gate, int thread, CancellationToken token)
    {
        private bool _left;

        public Gate Gate => gate;
        public int Thread => thread;
        public CancellationToken Token => token;

        // Runs in the cancelling thread. One that is late changes nothing: the waiter has left.
        public void Away()
        {
            Steps.Change(gate, StepKind.Wake);
            if (!_left) gate.CallAway(thread);
        }

        public void Leave()
        {
            _left = true;
            gate.CallBack(thread);
        }
    }
}
