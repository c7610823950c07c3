using System.ComponentModel;
using ConcurrencySpecs.Exploration.Scheduling;
using Real = System.Threading.WaitHandle;

namespace ConcurrencySpecs.Exploration.Twins;

/// <summary>Stands for <see cref="System.Threading.WaitHandle"/>. Handles of the operating system are refused: others could signal them.</summary>
[TwinOf(typeof(Real)), EditorBrowsable(EditorBrowsableState.Never)]
public abstract class WaitHandle : MarshalByRefObject, IDisposable
{
    public const int WaitTimeout = Real.WaitTimeout;

    private const int MostHandles = 64;
    private bool _disposed;

    internal WaitHandle(Real real, HandleState state) => (RealHandle, State) = (real, state.On == state ? Steps.Born(state) : state);

    internal Real RealHandle { get; }
    internal HandleState State { get; }

    public virtual bool WaitOne() => WaitOne(Timeout.Infinite);
    public virtual bool WaitOne(TimeSpan timeout) => WaitOne(Timeouts.Milliseconds(timeout));
    public virtual bool WaitOne(int millisecondsTimeout, bool exitContext) => WaitOne(millisecondsTimeout);
    public virtual bool WaitOne(TimeSpan timeout, bool exitContext) => WaitOne(timeout);

    public virtual bool WaitOne(int millisecondsTimeout)
    {
        if (!Steps.Exploring) return RealHandle.WaitOne(millisecondsTimeout);
        Timeouts.Check(millisecondsTimeout);
        ThrowIfDisposed();
        Steps.Await(State.On, StepKind.Acquire, millisecondsTimeout);
        return State.TryTake();
    }

    public static bool WaitAll(WaitHandle[] waitHandles) => WaitAll(waitHandles, Timeout.Infinite);
    public static bool WaitAll(WaitHandle[] waitHandles, TimeSpan timeout) => WaitAll(waitHandles, Timeouts.Milliseconds(timeout));
    public static bool WaitAll(WaitHandle[] waitHandles, int millisecondsTimeout, bool exitContext) => WaitAll(waitHandles, millisecondsTimeout);
    public static bool WaitAll(WaitHandle[] waitHandles, TimeSpan timeout, bool exitContext) => WaitAll(waitHandles, timeout);

    public static bool WaitAll(WaitHandle[] waitHandles, int millisecondsTimeout) => Steps.Exploring
        ? WaitMany(waitHandles, Timeouts.Check(millisecondsTimeout), HandleWaits.TryTakeAll) == 0
        : Real.WaitAll(Reals(waitHandles), millisecondsTimeout);

    public static int WaitAny(WaitHandle[] waitHandles) => WaitAny(waitHandles, Timeout.Infinite);
    public static int WaitAny(WaitHandle[] waitHandles, TimeSpan timeout) => WaitAny(waitHandles, Timeouts.Milliseconds(timeout));
    public static int WaitAny(WaitHandle[] waitHandles, int millisecondsTimeout, bool exitContext) => WaitAny(waitHandles, millisecondsTimeout);
    public static int WaitAny(WaitHandle[] waitHandles, TimeSpan timeout, bool exitContext) => WaitAny(waitHandles, timeout);

    public static int WaitAny(WaitHandle[] waitHandles, int millisecondsTimeout) => Steps.Exploring
        ? WaitMany(waitHandles, Timeouts.Check(millisecondsTimeout), HandleWaits.TryTakeFirst)
        : Real.WaitAny(Reals(waitHandles), millisecondsTimeout);

    public static bool SignalAndWait(WaitHandle toSignal, WaitHandle toWaitOn) => SignalAndWait(toSignal, toWaitOn, Timeout.Infinite, false);
    public static bool SignalAndWait(WaitHandle toSignal, WaitHandle toWaitOn, TimeSpan timeout, bool exitContext) =>
        SignalAndWait(toSignal, toWaitOn, Timeouts.Milliseconds(timeout), exitContext);

    public static bool SignalAndWait(WaitHandle toSignal, WaitHandle toWaitOn, int millisecondsTimeout, bool exitContext)
    {
        ArgumentNullException.ThrowIfNull(toSignal);
        ArgumentNullException.ThrowIfNull(toWaitOn);
        if (!Steps.Exploring) return Real.SignalAndWait(toSignal.RealHandle, toWaitOn.RealHandle, millisecondsTimeout, exitContext);
        toSignal.ThrowIfDisposed();
        toSignal.Signal();
        return toWaitOn.WaitOne(millisecondsTimeout);
    }

    public virtual void Close() => Dispose();

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool explicitDisposing)
    {
        if (!explicitDisposing) return;
        _disposed = true;
        RealHandle.Dispose();
    }

    /// <summary>Outside an exploration: gives the real handle to what will signal it.</summary>
    internal bool IsSignalledBy(Func<Real, bool> real) => real(RealHandle);

    internal virtual void Signal() => State.Add(1);

    /// <summary>What a constructor with a name is given besides. Without a name the object is nobody else's; one with a name belongs to the whole machine.</summary>
    private protected static T Local<T>(T value, string? name, string noun) => string.IsNullOrEmpty(name) ? value
        : throw Rewriting.Uncontrolled.Refused($"{noun}.constructor", $"a {noun} with a name belongs to the whole machine");

    private protected void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(_disposed, this);

    private static int WaitMany(WaitHandle[] handles, int milliseconds, Func<HandleState[], WatchGate, int> tryTake)
    {
        ArgumentNullException.ThrowIfNull(handles);
        if (handles.Length == 0) throw new ArgumentException("Waithandle array may not be empty.", nameof(handles));
        if (handles.Length > MostHandles) throw new NotSupportedException("The number of WaitHandles must be less than or equal to 64.");
        foreach (WaitHandle handle in handles) (handle ?? throw new ArgumentNullException(nameof(handles))).ThrowIfDisposed();
        int taken = HandleWaits.Wait([.. handles.Select(handle => handle.State)], milliseconds, tryTake);
        for (int i = 0; i < handles.Length; i++) (handles[i] as Mutex)?.ThrowIfAbandoned(i);
        return taken;
    }

    private static Real[] Reals(WaitHandle[] handles) => handles?.Select(handle => handle?.RealHandle!).ToArray()!;
}
