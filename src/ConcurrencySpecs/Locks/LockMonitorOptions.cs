namespace ConcurrencySpecs.Locks;

/// <summary>What a <see cref="LockMonitor"/> watches for, and whom it tells.</summary>
public sealed record LockMonitorOptions
{
    /// <summary>Told of each inversion once, by the thread that closes the circle and before it waits. It must not enter watched locks.</summary>
    public Action<LockInversion>? OnInversion { get; init; }

    /// <summary>How long a wait may last before <see cref="OnLongWait"/> is told; without a limit, <see cref="Timeout.InfiniteTimeSpan"/>.</summary>
    public TimeSpan LongWait { get; init; } = Timeout.InfiniteTimeSpan;

    /// <summary>Given the dump when a wait has lasted longer than <see cref="LongWait"/>, once for each wait, by the thread that waits.</summary>
    public Action<string>? OnLongWait { get; init; }

    /// <summary>Whether to note where each lock was entered, for dumps; it costs some microseconds at every entering. Waits are noted in any case.</summary>
    public bool NotesHolders { get; init; }
}
