namespace ConcurrencySpecs.Signals;

/// <summary>A signal cannot be registered here; the message says why and what to do instead.</summary>
public sealed class SignalRefusedException : InvalidOperationException
{
    internal SignalRefusedException(Signal signal, string reason)
        : base($"{signal} ({signal.Number}) cannot be registered: {reason}") => Signal = signal;

    /// <summary>The signal that was refused.</summary>
    public Signal Signal { get; }
}
