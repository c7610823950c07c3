namespace ConcurrencySpecs.Exploration.Scheduling;

/// <summary>How turns pass between the operating system's threads of one explorer, and where they run.</summary>
internal abstract class Backend
{
    /// <summary>Futexes on one core where the system has them and lets us pin, monitors elsewhere.</summary>
    public static Backend Best() => FutexCalls.Supported ? new FutexBackend() : new MonitorBackend();

    public abstract string Name { get; }

    public abstract IGate NewGate();

    /// <summary>Called on every carrier when it starts.</summary>
    public virtual void Settle() { }

    /// <summary>Claims what the carriers share, before the first one starts.</summary>
    public virtual void Open() { }

    /// <summary>Gives it back.</summary>
    public virtual void Close() { }
}
