namespace ConcurrencySpecs.Contracts.Timeouts;

/// <summary>Another thread, that holds something until it is let go.</summary>
internal sealed class Holder : IDisposable
{
    private readonly ManualResetEventSlim _held = new(), _release = new();
    private Thread? _thread;

    /// <summary>Enters, and exits when it is let go.</summary>
    public void Hold(Action enter, Action? exit = null) => Hold(stay =>
    {
        enter();
        stay();
        exit?.Invoke();
    });

    /// <summary>Runs what calls its argument inside of something, and stays there until it is let go.</summary>
    public void Hold(Action<Action> inside)
    {
        _thread = new Thread(() => inside(Stay)) { IsBackground = true };
        _thread.Start();
        _held.Wait();
    }

    public void Dispose()
    {
        _release.Set();
        _thread?.Join();
        _held.Dispose();
        _release.Dispose();
    }

    private void Stay()
    {
        _held.Set();
        _release.Wait();
    }
}
