using System.ComponentModel;
using Real = System.Threading.EventWaitHandle;

namespace ConcurrencySpecs.Exploration.Twins;

/// <summary>Stands for <see cref="System.Threading.EventWaitHandle"/>. Named ones are refused: they belong to the whole machine.</summary>
[TwinOf(typeof(Real)), EditorBrowsable(EditorBrowsableState.Never)]
public class EventWaitHandle : WaitHandle
{
    private readonly Real _real;

    public EventWaitHandle(bool initialState, EventResetMode mode) : this(new Real(initialState, mode), initialState, mode) { }

    public EventWaitHandle(bool initialState, EventResetMode mode, string? name) : this(Local(initialState, name, "EventWaitHandle"), mode) { }
    public EventWaitHandle(bool initialState, EventResetMode mode, string? name, out bool createdNew) : this(initialState, mode, name) => createdNew = true;
    public EventWaitHandle(bool initialState, EventResetMode mode, string? name, NamedWaitHandleOptions options) : this(initialState, mode, name) { }
    public EventWaitHandle(bool initialState, EventResetMode mode, string? name, NamedWaitHandleOptions options, out bool createdNew)
        : this(initialState, mode, name) => createdNew = true;

    private EventWaitHandle(Real real, bool initialState, EventResetMode mode)
        : base(real, new HandleState(mode == EventResetMode.AutoReset ? "AutoResetEvent" : "ManualResetEvent", initialState ? 1 : 0, 1,
            mode == EventResetMode.AutoReset)) => _real = real;

    public bool Set()
    {
        if (!Steps.Exploring) return _real.Set();
        ThrowIfDisposed();
        State.Add(1);
        return true;
    }

    public bool Reset()
    {
        if (!Steps.Exploring) return _real.Reset();
        ThrowIfDisposed();
        State.Reset();
        return true;
    }
}
