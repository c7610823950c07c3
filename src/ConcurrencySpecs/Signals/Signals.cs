using System.Diagnostics;
using ConcurrencySpecs.Native;
using Microsoft.Win32.SafeHandles;

namespace ConcurrencySpecs.Signals;

/// <summary>The signals of this process, with one owner: what happens with each, raising them, sending them to other processes.</summary>
/// <remarks>
/// <para>Progress — handlers run one after another on one thread that is not the interrupted one, in the order of arrival; so they may lock and
/// allocate, and must not wait for a later signal. A handler that throws is reported by <see cref="UnhandledException"/> and stays registered.</para>
/// <para>Ordering — a signal is given to the handler that was in force when it arrived; what was written before <see cref="Raise"/> is
/// visible to the handlers, and what they wrote is visible once it has returned.</para>
/// <para>Cost — one write to a pipe in the interrupted thread, two system calls and no allocation per signal; one thread and one pipe per process.</para>
/// <para>Failure — nothing is lost: a signal that nobody takes any more, because its registration is just being disposed, is sent again and does
/// what is then in force. Realtime signals are counted exactly; standard ones coalesce in the system, so never count events by them.</para>
/// <para>Source — the self-pipe of D. J. Bernstein; Stevens and Rago, "Advanced Programming in the UNIX Environment", chapter 10.</para>
/// <para>Children start with every handler reset to the default, ignored signals still ignored, and nothing blocked.
/// Signals that something else in the process handles are refused, and so are those that the system or the runtime needs: KILL, STOP, CHLD,
/// SEGV and its kin, the runtime's realtime signal. Works on Linux on x64; elsewhere every member throws <see cref="PlatformNotSupportedException"/>.</para>
/// </remarks>
public static class Signals
{
    internal const string NeedsPermission = "Only the same user or root may send signals to a process.";
    private static readonly Lazy<SignalHub> _hub = new(Start);

    /// <summary>Told when a handler has thrown; with nobody listening it is written to the standard error. Called on the handlers' thread.</summary>
    public static event Action<SignalHandlerFailure>? UnhandledException;

    /// <summary>Calls a handler for each such signal that arrives, until the result is disposed; then what was before is in force again.</summary>
    /// <remarks>
    /// The newest registration is in force, so that they nest. When Dispose returns the handler has ended and is not called again; a handler
    /// may dispose its own registration. Whoever asks the runtime for the signal later replaces this handler, which is then not called any more, without
    /// an error: Console.CancelKeyPress for SIGINT and SIGQUIT, a PosixSignalRegistration, a generic host. Keep a signal to one of the two.
    /// </remarks>
    /// <exception cref="SignalRefusedException">The signal is reserved, somebody else in this process has it, or the handler is registered already.</exception>
    public static IDisposable On(Signal signal, Action<SignalInfo> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return Hub.Register(signal, Disposition.Handle, handler);
    }

    /// <summary>Drops the signal, in this process and in children started meanwhile, until the result is disposed.</summary>
    /// <remarks>The runtime leaves an ignored signal ignored when it is asked for it, and counts on that. Where a PosixSignalRegistration has been made
    /// meanwhile, the signal therefore stays ignored after Dispose, until it is registered here anew once that one is gone.</remarks>
    /// <exception cref="SignalRefusedException">The signal is reserved, or somebody else in this process has it.</exception>
    public static IDisposable Ignore(Signal signal) => Hub.Register(signal, Disposition.Ignore, null);

    /// <summary>Lets the signal do what is usual (for most: end the process), until the result is disposed.</summary>
    /// <exception cref="SignalRefusedException">The signal is reserved, or somebody else in this process has it.</exception>
    public static IDisposable Default(Signal signal) => Hub.Register(signal, Disposition.Default, null);

    /// <summary>The signals given, as they arrive, from the call on until the stream is disposed or its enumeration ends.</summary>
    /// <exception cref="SignalRefusedException">A signal is reserved, or somebody else in this process has it.</exception>
    public static SignalStream Stream(params Signal[] signals)
    {
        ArgumentNullException.ThrowIfNull(signals);
        return new(Hub, signals);
    }

    /// <summary>Raises the signal in this process and returns when its handler registered here has completed.</summary>
    /// <returns>Whether it has; from inside a handler the signal is only queued.</returns>
    /// <remarks>
    /// A signal without a handler does what is usual, which may end the process. Handlers of others, a PosixSignalRegistration of the same signal say,
    /// are not waited for; and a signal that the calling thread blocks, by a mask that the process inherited, stays pending when this returns.
    /// </remarks>
    public static RaiseResult Raise(Signal signal)
    {
        ThrowIfNone(signal);
        return Hub.Raise(signal);
    }

    /// <summary>Sends the signal to a process, which may be this one; nothing tells when it is handled there.</summary>
    /// <exception cref="SystemCallException">This process may not send it (EPERM).</exception>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 1: groups of processes are not addressed here.</exception>
    public static SendResult Send(int process, Signal signal)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(process, 1);
        ThrowIfNone(signal);
        return Sent(SignalCalls.Kill(process, signal.Number), "kill", process, signal);
    }

    /// <summary>Sends the signal to a child of this process and never to another one that has got its number since.</summary>
    /// <exception cref="SystemCallException">This process may not send it (EPERM).</exception>
    public static SendResult Send(Process child, Signal signal)
    {
        ArgumentNullException.ThrowIfNull(child);
        ThrowIfNone(signal);
        SafeFileHandle held;
        try
        {
            held = ProcessHandle.Open(child.Id);
        }
        catch (SystemCallException gone) when (gone.ErrorNumber == Errno.Esrch)
        {
            return SendResult.Gone;
        }

        // The number is the child's until the runtime has seen its end: not seen by now, so what we hold is the child.
        using (held) return !child.HasExited && ProcessHandle.Send(held, signal.Number, $"{signal} to process {child.Id}") ? SendResult.Sent : SendResult.Gone;
    }

    /// <summary>Whether there is a process with this number: one that runs, or one that has ended and was not yet waited for.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 1.</exception>
    public static bool Exists(int process)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(process, 1);
        return SignalCalls.Kill(process, 0) == 0 || Errno.Last != Errno.Esrch;
    }

    internal static bool IsRegistered(Signal signal) => Hub.IsRegistered(signal);

    private static SignalHub Hub => _hub.Value;

    private static SignalHub Start() => SignalStub.IsSupported
        ? new(new ProcessSignals(), Report)
        : throw new PlatformNotSupportedException(
            "Signals are handled by a few bytes of machine code, which exist for Linux on x64 only. Use PosixSignalRegistration here.");

    private static SendResult Sent(int result, string call, int process, Signal signal)
    {
        if (result == 0) return SendResult.Sent;
        if (Errno.Last == Errno.Esrch) return SendResult.Gone;
        throw new SystemCallException(call, $"{signal} to process {process}", Errno.Last, NeedsPermission);
    }

    private static void ThrowIfNone(Signal signal)
    {
        if (signal == default) throw new ArgumentException("This is default(Signal), which is no signal. Use one of Signal's members.", nameof(signal));
    }

    private static void Report(SignalHandlerFailure failure)
    {
        if (UnhandledException is { } told) told(failure);
        else Console.Error.WriteLine($"A handler of {failure.Signal.Signal} has thrown: {failure.Exception}");
    }
}
