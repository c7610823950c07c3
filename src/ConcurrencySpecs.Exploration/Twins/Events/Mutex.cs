using System.ComponentModel;
using ConcurrencySpecs.Exploration.Scheduling;
using Real = System.Threading.Mutex;

namespace ConcurrencySpecs.Exploration.Twins;

/// <summary>Stands for <see cref="System.Threading.Mutex"/> without a name: one owner, who may enter again, and whose end hands it on as abandoned.</summary>
[TwinOf(typeof(Real)), EditorBrowsable(EditorBrowsableState.Never)]
public sealed class Mutex : WaitHandle
{
    private readonly Real _real;
    private readonly MutexState _state;

    public Mutex() : this(false) { }
    public Mutex(string? name, NamedWaitHandleOptions options) : this(false, name, options) { }
    public Mutex(bool initiallyOwned, string? name) : this(initiallyOwned, name, default(NamedWaitHandleOptions)) { }
    public Mutex(bool initiallyOwned, string? name, out bool createdNew) : this(initiallyOwned, name) => createdNew = true;
    public Mutex(bool initiallyOwned, string? name, NamedWaitHandleOptions options) : this(Local(initiallyOwned, name, "Mutex")) { }
    public Mutex(bool initiallyOwned, string? name, NamedWaitHandleOptions options, out bool createdNew) : this(initiallyOwned, name) => createdNew = true;
    public Mutex(bool initiallyOwned) : this(new Real(initiallyOwned && !Steps.Exploring), new MutexState(), initiallyOwned) { }

    private Mutex(Real real, MutexState state, bool initiallyOwned) : base(real, state)
    {
        (_real, _state) = (real, state);
        if (initiallyOwned && Steps.Exploring) _state.TryTake();
    }

    /// <exception cref="AbandonedMutexException">The owner before ended without releasing it; the caller owns it all the same.</exception>
    public override bool WaitOne(int millisecondsTimeout)
    {
        if (!Steps.Exploring) return _real.WaitOne(millisecondsTimeout);
        bool entered = base.WaitOne(millisecondsTimeout);
        ThrowIfAbandoned(-1);
        return entered;
    }

    /// <exception cref="ApplicationException">The calling thread does not own it.</exception>
    public void ReleaseMutex()
    {
        if (!Steps.Exploring)
        {
            _real.ReleaseMutex();
            return;
        }
        ThrowIfDisposed();
        if (!_state.TryExit()) _real.ReleaseMutex();            // which nobody owns: throws what the real one throws
    }

    internal void ThrowIfAbandoned(int index)
    {
        if (_state.TellAbandoned()) throw new AbandonedMutexException(index, _real);
    }

    internal override void Signal() => ReleaseMutex();
}
