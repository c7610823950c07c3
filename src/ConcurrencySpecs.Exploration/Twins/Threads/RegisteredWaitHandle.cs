using System.ComponentModel;
using ConcurrencySpecs.Exploration.Scheduling;
using Real = System.Threading.RegisteredWaitHandle;

namespace ConcurrencySpecs.Exploration.Twins;

/// <summary>Stands for <see cref="System.Threading.RegisteredWaitHandle"/>: a thread that waits for the handle, calls back, and waits again.</summary>
/// <remarks>A time-out that repeats does so <see cref="Expiries"/> times: an endless one would never let an execution end.</remarks>
[TwinOf(typeof(Real)), EditorBrowsable(EditorBrowsableState.Never)]
public sealed class RegisteredWaitHandle : MarshalByRefObject
{
    private const int Expiries = 3;

    private readonly HandleState _ended = new("RegisteredWaitHandle", 0, 1, consumed: false);
    private readonly Real? _real;
    private readonly LogicalThread? _waiting;

    internal RegisteredWaitHandle(Real real) => _real = real;

    internal RegisteredWaitHandle(WaitHandle on, int milliseconds, bool once, Action<bool> callback, ExecutionContext? context)
    {
        HandleState awaited = on.State;
        _waiting = Steps.Go(() =>
        {
            for (int expiries = 0; expiries < Expiries;)
            {
                int taken = HandleWaits.Wait([_ended, awaited], milliseconds, HandleWaits.TryTakeFirst);
                if (taken == 0) return;
                bool expired = taken == WaitHandle.WaitTimeout;
                callback(expired);
                if (once) return;
                if (expired) expiries++;
            }
        }, "registered wait", context: context);
    }

    /// <summary>Ends the waiting, and signals the handle once no callback is under way; false, and no signal, if it has ended before.</summary>
    public bool Unregister(WaitHandle? waitObject)
    {
        if (_real is not null) return waitObject is null ? _real.Unregister(null) : waitObject.IsSignalledBy(_real.Unregister);
        Steps.Change(_ended, StepKind.Signal);
        if (_ended.Signalled) return false;
        _ended.Grow(1);
        if (waitObject is not null) Steps.Go(() =>
        {
            Execution.Current!.Join(_waiting!);
            waitObject.Signal();
        }, "registered wait");
        return true;
    }
}
