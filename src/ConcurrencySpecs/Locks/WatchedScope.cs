namespace ConcurrencySpecs.Locks;

/// <summary>The time in which somebody holds a <see cref="WatchedAsyncLock"/>.</summary>
/// <remarks>
/// <para>Progress — that of the lock.</para>
/// <para>Ordering — that of the lock.</para>
/// <para>Cost — that of the monitor; its copies share one object.</para>
/// <para>Failure — only the first disposal of a scope or any of its copies lets go of the lock; all others do nothing, at any later time.</para>
/// <para>Source — System.Threading.Lock.Scope.</para>
/// </remarks>
public readonly record struct WatchedScope : IDisposable
{
    private readonly LockMonitor? _monitor;
    private readonly WatchedFlow? _flow;

    internal WatchedScope(LockMonitor monitor, WatchedFlow flow) => (_monitor, _flow) = (monitor, flow);

    /// <summary>Whether the lock was entered and neither this scope nor a copy of it has been disposed.</summary>
    public bool IsHeld => _flow is { IsHeld: true };

    /// <summary>Lets go of the lock, the first time it is called.</summary>
    public void Dispose()
    {
        if (_flow is not null) _monitor!.Leave(_flow);
    }

    /// <summary>Whether it holds something.</summary>
    public override string ToString() => IsHeld ? $"holds {_flow!.Hold!.Resource.Name}" : "holds nothing";
}
