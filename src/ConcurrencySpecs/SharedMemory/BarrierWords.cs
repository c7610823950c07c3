using System.Runtime.InteropServices;
using ConcurrencySpecs.Native;

namespace ConcurrencySpecs.SharedMemory;

/// <summary>What a barrier in shared memory knows as a whole: two cache lines.</summary>
[StructLayout(LayoutKind.Explicit, Size = 128)]
internal struct BarrierTerms
{
    [FieldOffset(0)] public RobustWords Mutex;

    /// <summary>How many parties cross together.</summary>
    [FieldOffset(64)] public int Participants;

    /// <summary>Not zero from when somebody broke it until it is reset.</summary>
    [FieldOffset(68)] public int Broken;

    /// <summary>The places from this one on, in the table of users, have not been used yet.</summary>
    [FieldOffset(72)] public int ProcessesUsed;

    /// <summary>The places for parties from this one on have not been used yet.</summary>
    [FieldOffset(76)] public int PlacesUsed;

    [FieldOffset(80)] public EventCountWords Waiting;
}

/// <summary>Where a party of a barrier stands.</summary>
internal enum PartyState
{
    /// <summary>Nobody is here.</summary>
    None,

    /// <summary>It waits for others to come.</summary>
    Waits,

    /// <summary>All have come: it waits for the party that came last to say how the crossing ended.</summary>
    Follows,

    /// <summary>It came last, and runs the action.</summary>
    Leads,

    /// <summary>It came last, and all cross: decided, though not all who follow may have been told.</summary>
    Decided,

    /// <summary>It may leave: all crossed.</summary>
    Crossed,

    /// <summary>It may leave: the barrier was broken.</summary>
    Broken,
}

/// <summary>The place of a party that is at a barrier: a cache line, whose last words the mutex leaves free, and one that keeps others away.</summary>
[StructLayout(LayoutKind.Explicit, Size = 128)]
internal struct BarrierPlace
{
    /// <summary>Held by the party's thread, so that the system marks the place of the dead.</summary>
    [FieldOffset(0)] public RobustWords Life;

    /// <summary>A <see cref="PartyState"/>.</summary>
    [FieldOffset(RobustWords.FreeAt)] public int State;

    /// <summary>For one who follows: the place of the party that came last.</summary>
    [FieldOffset(RobustWords.FreeAt + 4)] public int Leader;
}
