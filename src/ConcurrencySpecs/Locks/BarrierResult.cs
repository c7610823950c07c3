namespace ConcurrencySpecs.Locks;

/// <summary>How a wait at a <see cref="CyclicBarrier"/> ended.</summary>
public enum BarrierResult
{
    /// <summary>All came, and all crossed.</summary>
    Crossed,

    /// <summary>The caller's time was up before all had come; the barrier is broken for everybody.</summary>
    TimedOut,

    /// <summary>Somebody else has broken the barrier, or reset it while the caller waited.</summary>
    Broken,
}
