using System.ComponentModel;
using Real = System.Threading.Monitor;

namespace ConcurrencySpecs.Exploration.Twins;

/// <summary>Stands for <see cref="System.Threading.Monitor"/>. Pulses reach waiters in order of arrival; who enters a free lock is a choice.</summary>
[TwinOf(typeof(Real)), EditorBrowsable(EditorBrowsableState.Never)]
public static class Monitor
{
    public static long LockContentionCount => Real.LockContentionCount;

    public static void Enter(object obj)
    {
        if (Steps.Exploring) Of(obj).TryEnter(Timeout.Infinite);
        else Real.Enter(obj);
    }

    public static void Enter(object obj, ref bool lockTaken)
    {
        ThrowIfTaken(lockTaken);
        if (Steps.Exploring) lockTaken = Of(obj).TryEnter(Timeout.Infinite);
        else Real.Enter(obj, ref lockTaken);
    }

    public static bool TryEnter(object obj) => Steps.Exploring ? Of(obj).TryEnter(0) : Real.TryEnter(obj);
    public static bool TryEnter(object obj, int millisecondsTimeout) =>
        Steps.Exploring ? Of(obj).TryEnter(Timeouts.Check(millisecondsTimeout)) : Real.TryEnter(obj, millisecondsTimeout);
    public static bool TryEnter(object obj, TimeSpan timeout) => TryEnter(obj, Timeouts.Milliseconds(timeout));
    public static void TryEnter(object obj, ref bool lockTaken) => TryEnter(obj, 0, ref lockTaken);
    public static void TryEnter(object obj, TimeSpan timeout, ref bool lockTaken) => TryEnter(obj, Timeouts.Milliseconds(timeout), ref lockTaken);

    public static void TryEnter(object obj, int millisecondsTimeout, ref bool lockTaken)
    {
        ThrowIfTaken(lockTaken);
        if (Steps.Exploring) lockTaken = TryEnter(obj, millisecondsTimeout);
        else Real.TryEnter(obj, millisecondsTimeout, ref lockTaken);
    }

    public static bool IsEntered(object obj) => Steps.Exploring ? Of(obj).IsMine : Real.IsEntered(obj);

    public static void Exit(object obj)
    {
        if (Steps.Exploring) Of(obj).Exit();
        else Real.Exit(obj);
    }

    public static bool Wait(object obj) => Wait(obj, Timeout.Infinite);
    public static bool Wait(object obj, int millisecondsTimeout) =>
        Steps.Exploring ? Of(obj).Wait(Timeouts.Check(millisecondsTimeout)) : Real.Wait(obj, millisecondsTimeout);
    public static bool Wait(object obj, TimeSpan timeout) => Wait(obj, Timeouts.Milliseconds(timeout));
    public static bool Wait(object obj, int millisecondsTimeout, bool exitContext) => Wait(obj, millisecondsTimeout);
    public static bool Wait(object obj, TimeSpan timeout, bool exitContext) => Wait(obj, timeout);

    public static void Pulse(object obj)
    {
        if (Steps.Exploring) Of(obj).Pulse(all: false);
        else Real.Pulse(obj);
    }

    public static void PulseAll(object obj)
    {
        if (Steps.Exploring) Of(obj).Pulse(all: true);
        else Real.PulseAll(obj);
    }

    private static MonitorState Of(object obj)
    {
        ArgumentNullException.ThrowIfNull(obj);
        return Steps.StateOf<MonitorState>(obj);
    }

    private static void ThrowIfTaken(bool lockTaken)
    {
        if (lockTaken) throw new ArgumentException("Argument must be initialized to false", nameof(lockTaken));
    }
}
