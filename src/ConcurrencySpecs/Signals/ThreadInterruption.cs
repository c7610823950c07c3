using ConcurrencySpecs.Native;

namespace ConcurrencySpecs.Signals;

/// <summary>Makes a thread's blocking system call return EINTR, by a signal whose handler does nothing.</summary>
/// <remarks>The handler is installed without SA_RESTART; calls that the runtime or this package makes meanwhile are repeated by them.</remarks>
internal static class ThreadInterruption
{
    private static readonly Lazy<bool> _installed = new(Install);

    /// <summary>To be called before the thread can be interrupted: without a handler the signal would end the process.</summary>
    /// <exception cref="PlatformNotSupportedException">This is not Linux on x64.</exception>
    public static void Prepare() => _ = _installed.Value;

    public static void Interrupt(int thread) => SignalCalls.ToThread(thread, ReservedSignals.Interruption.Number);

    private static bool Install()
    {
        if (!SignalStub.IsSupported) throw new PlatformNotSupportedException("Blocking calls are woken by a signal handler that exists for Linux on x64 only.");
        Signal signal = ReservedSignals.Interruption;
        if (SignalCalls.Sigaction(signal.Number, new() { Handler = SignalStub.Nothing }) != 0) throw new SystemCallException("sigaction", $"{signal}", Errno.Last);
        return true;
    }
}
