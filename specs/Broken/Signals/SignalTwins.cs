using ConcurrencySpecs.Contracts.Signals;

namespace ConcurrencySpecs.Broken.Signals;

/// <summary>A signal with registrations that nest, correct as it stands; each twin overrides one step. An action of 0 does what is usual.</summary>
internal abstract class SignalDeskTwin : ISignalDesk
{
    private const int Most = 2;
    protected readonly object Gate = new();
    protected int Action = Most;
    private int _registered = Most;

    public int On()
    {
        lock (Gate)
        {
            if (_registered < Most) Action = ++_registered;
            return _registered;
        }
    }

    public int Off()
    {
        lock (Gate)
        {
            if (_registered > 0) Restore(--_registered);
            return _registered;
        }
    }

    public virtual int Raise()
    {
        lock (Gate) return Action;
    }

    public void Close() { }

    protected virtual void Restore(int below) => Action = below;
}

[Broken("leaves the default action when it is disposed, whoever was registered before: the next signal ends the process", "Sequential")]
public sealed class SignalsDisposeToTheDefault : SignalDeskContract
{
    protected override ISignalDesk NewSubject() => new Twin();

    private sealed class Twin : SignalDeskTwin
    {
        protected override void Restore(int below) => Action = 0;
    }
}

[Broken("takes the newest registration away before it brings back the action below: a signal in between does what is usual", "Interleavings")]
public sealed class SignalsRestoreInTwoSteps : SignalDeskContract
{
    protected override ISignalDesk NewSubject() => new Twin();

    private sealed class Twin : SignalDeskTwin
    {
        public override int Raise() => Volatile.Read(ref Action);

        protected override void Restore(int below)
        {
            Volatile.Write(ref Action, 0);
            Volatile.Write(ref Action, below);
        }
    }
}
