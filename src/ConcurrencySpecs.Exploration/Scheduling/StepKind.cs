namespace ConcurrencySpecs.Exploration.Scheduling;

/// <summary>What a step does, in the words a trace prints.</summary>
internal enum StepKind : byte
{
    None,

    // the life of a thread
    Start, End, Join, Spawn, Yield, Sleep, Fence,

    // memory
    Read, Write, VolatileRead, VolatileWrite, Update,

    // synchronisation objects
    Acquire, TryAcquire, Release, Wait, Wake, Signal, Reset, Look, Change,
}
