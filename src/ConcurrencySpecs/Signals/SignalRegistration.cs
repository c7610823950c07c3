namespace ConcurrencySpecs.Signals;

/// <summary>What happens with a signal as long as this lives; disposing it brings back what was before.</summary>
internal sealed class SignalRegistration(SignalHub hub, Signal signal, Disposition disposition, Action<SignalInfo>? handler) : IDisposable
{
    public Signal Signal => signal;

    public Disposition Disposition => disposition;

    public Action<SignalInfo>? Handler => handler;

    public void Dispose() => hub.Unregister(this);
}
