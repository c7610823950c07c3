namespace ConcurrencySpecs.Signals;

/// <summary>The signals that no program may register, each with its reason.</summary>
internal static class ReservedSignals
{
    /// <summary>Wakes threads of this package from blocking system calls.</summary>
    public static Signal Interruption => Signal.Realtime(30);

    /// <exception cref="SignalRefusedException">The signal is one of them.</exception>
    /// <exception cref="ArgumentException">It is no signal at all.</exception>
    public static void ThrowIfReserved(Signal signal)
    {
        if (signal == default)
            throw new ArgumentException("This is default(Signal), which is no signal. Use one of Signal's members or a number from 1 to 64.", nameof(signal));
        if (ReasonFor(signal.Number) is { } reason) throw new SignalRefusedException(signal, reason);
    }

    private static string? ReasonFor(int number) => number switch
    {
        9 or 19 => "the system never lets a process handle or ignore it. Ask for SIGTERM, which a process can answer.",
        4 or 5 or 7 or 8 or 11 or 31 => "the processor raises it for a faulty instruction, and the runtime turns that into an exception. Catch the exception.",
        6 => "the runtime ends the process by it after a fatal error. Use AppDomain.UnhandledException to have a last word.",
        17 => "the runtime's Process class needs it to learn how children ended. Wait for the child instead.",
        32 or 33 => "the C library uses it for threads. Use Signal.Realtime(1) to (29).",
        Signal.FirstRealtime => "the runtime stops threads by it for the garbage collector. Use Signal.Realtime(1) to (29).",
        Signal.Highest => "this package wakes blocked threads by it. Use Signal.Realtime(1) to (29).",
        _ => null,
    };
}
