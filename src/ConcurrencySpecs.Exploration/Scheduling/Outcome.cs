namespace ConcurrencySpecs.Exploration.Scheduling;

/// <summary>How one execution ended.</summary>
internal enum Outcome
{
    /// <summary>Every thread ended and none threw.</summary>
    Passed,

    /// <summary>A thread ended with an exception.</summary>
    Threw,

    /// <summary>The body waits for something that no thread can bring about any more.</summary>
    Deadlock,

    /// <summary>The body ended, another thread waits for ever.</summary>
    Leak,

    /// <summary>Threads run round and round and nothing changes.</summary>
    Livelock,

    /// <summary>A thread goes round in a loop in which it takes no step at all.</summary>
    Endless,

    /// <summary>There is no number left for one more thread.</summary>
    TooManyThreads,

    /// <summary>Two accesses of different threads are not ordered by synchronisation, and one of them writes.</summary>
    Race,

    /// <summary>The bound on steps was reached: nothing is known about the rest of this execution.</summary>
    StepBound,

    /// <summary>The running thread took no step for too long: it waits for something outside the exploration, or computes for ever.</summary>
    Stuck,

    /// <summary>The search gave the execution up because it repeats one that was seen.</summary>
    Abandoned,
}
