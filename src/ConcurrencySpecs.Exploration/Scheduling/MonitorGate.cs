namespace ConcurrencySpecs.Exploration.Scheduling;

/// <summary>The gate for systems without futexes: correct everywhere, several times slower.</summary>
internal sealed class MonitorGate : IGate
{
    private readonly object _mutex = new();
    private bool _open;

    public void Open()
    {
        lock (_mutex)
        {
            _open = true;
            Monitor.Pulse(_mutex);
        }
    }

    public void Pass()
    {
        lock (_mutex)
        {
            while (!_open) Monitor.Wait(_mutex);
            _open = false;
        }
    }

    public void Dispose() { }
}
