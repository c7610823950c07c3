namespace ConcurrencySpecs.Locks;

/// <summary>What is entered without holding a thread: what is given holds it until disposed; null where it was not entered in time.</summary>
internal interface IFlowGate
{
    IDisposable? TryEnter();

    ValueTask<IDisposable?> TryEnterAsync(TimeSpan timeout, CancellationToken cancel);
}

internal sealed class AsyncLockGate(AsyncLock gate) : IFlowGate
{
    public IDisposable? TryEnter() => gate.TryEnter(out AsyncLockScope scope) ? scope : null;

    public async ValueTask<IDisposable?> TryEnterAsync(TimeSpan timeout, CancellationToken cancel) =>
        await gate.TryEnterAsync(timeout, cancel).ConfigureAwait(false) is { IsHeld: true } scope ? scope : null;
}

internal sealed class AsyncReadGate(AsyncReaderWriterLock gate) : IFlowGate
{
    public IDisposable? TryEnter() => gate.TryEnterRead(out AsyncReaderWriterScope scope) ? scope : null;

    public async ValueTask<IDisposable?> TryEnterAsync(TimeSpan timeout, CancellationToken cancel) =>
        await gate.TryEnterReadAsync(timeout, cancel).ConfigureAwait(false) is { IsHeld: true } scope ? scope : null;
}

internal sealed class AsyncWriteGate(AsyncReaderWriterLock gate) : IFlowGate
{
    public IDisposable? TryEnter() => gate.TryEnterWrite(out AsyncReaderWriterScope scope) ? scope : null;

    public async ValueTask<IDisposable?> TryEnterAsync(TimeSpan timeout, CancellationToken cancel) =>
        await gate.TryEnterWriteAsync(timeout, cancel).ConfigureAwait(false) is { IsHeld: true } scope ? scope : null;
}

internal sealed class UnitGate(CountingSemaphore gate) : IFlowGate
{
    public IDisposable? TryEnter() => gate.TryWait() ? new Unit(gate) : null;

    public async ValueTask<IDisposable?> TryEnterAsync(TimeSpan timeout, CancellationToken cancel) =>
        await gate.TryWaitAsync(timeout, cancel).ConfigureAwait(false) ? new Unit(gate) : null;

    private sealed class Unit(CountingSemaphore gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}
