namespace ConcurrencySpecs.Locks;

/// <summary>How an attempt to enter a lock between processes ended.</summary>
public enum LockEntry
{
    /// <summary>The caller holds the lock, and the last holder left it in order.</summary>
    Entered,

    /// <summary>The caller holds the lock, whose holder died inside: what the lock guards has to be repaired and marked consistent.</summary>
    EnteredAbandoned,

    /// <summary>The caller does not hold the lock: the time was up.</summary>
    TimedOut,
}
