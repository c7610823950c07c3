using ConcurrencySpecs.SharedMemory;

namespace ConcurrencySpecs.Contracts.Processes;

/// <summary>The same, and the lock of the mortal is disposed in its process while it waits: whether it comes back, cannot, or dies, the other gets the
/// item.</summary>
public sealed class EstateOfClosedLock(Func<SharedLock, SharedLine> make) : EstateOfCondition(make)
{
    private readonly Memory _ofMortal = new();

    protected override void Die()
    {
        try
        {
            AwaitItem(_ofMortal);
            Line.Notify(1);
        }
        catch (ObjectDisposedException)
        {
            Gate.Enter();
            Repair();
            Line.Notify(0);             // as anybody who comes by: in an exploration nobody looks after a while
        }

        Gate.Exit();
    }

    protected override void AfterNotifying() => _ofMortal.Close();

    private sealed class Memory : ISharedMemory
    {
        private volatile bool _isDisposed;

        public void ThrowIfGone() => ObjectDisposedException.ThrowIf(_isDisposed, this);

        public void Close() => _isDisposed = true;
    }
}
