using System.ComponentModel;
using Real = System.Threading.Lock;

namespace ConcurrencySpecs.Exploration.Twins;

/// <summary>Stands for <see cref="System.Threading.Lock"/>.</summary>
[TwinOf(typeof(Real)), EditorBrowsable(EditorBrowsableState.Never)]
public sealed class Lock
{
    private readonly Real _real = new();
    private readonly OwnedLock _lock = Steps.Born(new OwnedLock("Lock"));

    public bool IsHeldByCurrentThread => Steps.Exploring ? _lock.IsMine : _real.IsHeldByCurrentThread;

    public void Enter()
    {
        if (Steps.Exploring) _lock.TryEnter(Timeout.Infinite);
        else _real.Enter();
    }

    public Scope EnterScope()
    {
        Enter();
        return new Scope(this);
    }

    public bool TryEnter() => Steps.Exploring ? _lock.TryEnter(0) : _real.TryEnter();
    public bool TryEnter(TimeSpan timeout) => TryEnter(Timeouts.Milliseconds(timeout));
    public bool TryEnter(int millisecondsTimeout) =>
        Steps.Exploring ? _lock.TryEnter(Timeouts.Check(millisecondsTimeout)) : _real.TryEnter(millisecondsTimeout);

    public void Exit()
    {
        if (Steps.Exploring) _lock.Exit();
        else _real.Exit();
    }

    public ref struct Scope
    {
        private Lock? _entered;

        internal Scope(Lock entered) => _entered = entered;

        public void Dispose()
        {
            Lock? entered = _entered;
            if (entered is null) return;
            _entered = null;
            entered.Exit();
        }
    }
}
