using System.Runtime.InteropServices;
using ConcurrencySpecs.Locks;
using ConcurrencySpecs.SharedMemory;

namespace ConcurrencySpecs.Benchmarks.Processes;

/// <summary>What two processes can play together.</summary>
internal enum Play { LockAlone, LockTogether, MutexAlone, MutexTogether, SemaphoreTrips, EventTrips, ConditionTrips, BarrierTrips, Add }

/// <summary>The words that two measuring processes and the one that asks them share; each on a line of its own.</summary>
[StructLayout(LayoutKind.Explicit, Size = 5 * 64)]
internal struct DuoWords
{
    /// <summary>What to play.</summary>
    [FieldOffset(0)] public Play Play;

    /// <summary>Whether a game that goes by time is over.</summary>
    [FieldOffset(64)] public bool IsOver;

    /// <summary>How long the first one played, in nanoseconds.</summary>
    [FieldOffset(128)] public double Nanoseconds;

    /// <summary>How many turns each of the two had.</summary>
    [FieldOffset(192)] public long Turns;

    [FieldOffset(256)] public long OtherTurns;
}

/// <summary>All that two measuring processes and the one that asks them have in common.</summary>
internal sealed record DuoTable(
    SharedMemorySegment Memory, ProcessSemaphore[] Begin, ProcessSemaphore Done, ProcessEvent End,
    ProcessLock Lock, string Mutex, ProcessSemaphore[] Units, ProcessEvent[] Events,
    ProcessCondition Place, SharedValue<int> Ball, ProcessBarrier Meeting, SharedValue<long> Value) : IDisposable
{
    /// <summary>Whether the two share one core.</summary>
    public required bool IsOnOneCore { get; init; }

    public static DuoTable Create(bool onOneCore) => new(
        SharedMemorySegment.CreateAnonymous(Marshal.SizeOf<DuoWords>()), [ProcessSemaphore.Create(0), ProcessSemaphore.Create(0)], ProcessSemaphore.Create(0),
        ProcessEvent.Create(), ProcessLock.Create(), $"cs.bench.{Environment.ProcessId}", [ProcessSemaphore.Create(0), ProcessSemaphore.Create(0)],
        [ProcessEvent.Create(), ProcessEvent.Create()], ProcessCondition.Create(ProcessLock.Create()), SharedValue.Create<int>(), ProcessBarrier.Create(2),
        SharedValue.Create<long>())
    {
        IsOnOneCore = onOneCore,
    };

    /// <summary>Asked for once for each game: it looks whether the memory is still there.</summary>
    public ref DuoWords Look() => ref MemoryMarshal.AsRef<DuoWords>(Memory.AsSpan());

    public void Dispose()
    {
        foreach (IDisposable one in (IDisposable[])[Memory, .. Begin, Done, End, Lock, .. Units, .. Events, Place, Ball, Meeting, Value]) one.Dispose();
        (Place.Guard as IDisposable)?.Dispose();
    }
}
