using System.ComponentModel;
using Real = System.Threading.Semaphore;

namespace ConcurrencySpecs.Exploration.Twins;

/// <summary>Stands for <see cref="System.Threading.Semaphore"/> without a name.</summary>
[TwinOf(typeof(Real)), EditorBrowsable(EditorBrowsableState.Never)]
public sealed class Semaphore : WaitHandle
{
    private readonly Real _real;

    public Semaphore(int initialCount, int maximumCount) : this(new Real(initialCount, maximumCount), initialCount, maximumCount) { }

    public Semaphore(int initialCount, int maximumCount, string? name) : this(Local(initialCount, name, "Semaphore"), maximumCount) { }
    public Semaphore(int initialCount, int maximumCount, string? name, out bool createdNew) : this(initialCount, maximumCount, name) => createdNew = true;
    public Semaphore(int initialCount, int maximumCount, string? name, NamedWaitHandleOptions options) : this(initialCount, maximumCount, name) { }
    public Semaphore(int initialCount, int maximumCount, string? name, NamedWaitHandleOptions options, out bool createdNew)
        : this(initialCount, maximumCount, name) => createdNew = true;

    private Semaphore(Real real, int count, int most) : base(real, new HandleState("Semaphore", count, most, consumed: true)) => _real = real;

    public int Release() => Release(1);

    public int Release(int releaseCount)
    {
        if (!Steps.Exploring) return _real.Release(releaseCount);
        ArgumentOutOfRangeException.ThrowIfLessThan(releaseCount, 1);
        ThrowIfDisposed();
        return State.AddAtMost(releaseCount) ?? throw new SemaphoreFullException();
    }
}
