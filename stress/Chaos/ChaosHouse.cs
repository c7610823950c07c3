using System.Runtime.InteropServices;
using ConcurrencySpecs.Locks;
using ConcurrencySpecs.SharedMemory;

namespace ConcurrencySpecs.Stress.Chaos;

/// <summary>What workers share while they are killed: one object of each kind, each with something that must never be torn.</summary>
internal sealed record ChaosHouse(
    SharedValue<Wide> Value, SharedArray<Wide> Array, ProcessLock Gate, SharedMemorySegment Guarded, ProcessSemaphore Units,
    ChaosRooms Rooms, SharedValue<int> Begun) : IDisposable
{
    public const int AllUnits = 2;
    private const int Elements = 4, TurnsBetweenWaits = 2_000, Lingering = 20;

    public static ChaosHouse Create() => new(
        SharedValue.Create<Wide>(), SharedArray.Create<Wide>(Elements, stripes: 2), ProcessLock.Create(),
        SharedMemorySegment.CreateAnonymous(2 * sizeof(long)), ProcessSemaphore.Create(AllUnits, AllUnits),
        ChaosRooms.Create(), SharedValue.Create(0));

    /// <summary>A worker's life: it lingers wherever it holds something, so that many a death meets a holder.</summary>
    public static void Work(ChaosHouse house)
    {
        house.Begun.Add(1);
        for (int i = 0; ; i++)
        {
            house.Value.Update(NextSlowly);
            house.Array.Update(i % Elements, NextSlowly);
            house.CountUnderLock(Lingering, out _);
            house.Units.Wait();
            Thread.SpinWait(Lingering);
            house.Units.Release();
            if (i % TurnsBetweenWaits == 0) house.Rooms.Work();
        }
    }

    /// <summary>What a survivor does, one object after the other; each says what is torn, or null.</summary>
    /// <param name="abandoned">Called when a lock was abandoned.</param>
    public IEnumerable<(string Name, Func<CancellationToken, string?> Use)> Uses(Action abandoned)
    {
        yield return ("SharedValue", patience => Value.Update(it => it, patience).IsWhole ? null : $"the shared value is torn: {Value.Value}");
        for (int i = 0; i < Elements; i++)
        {
            int element = i;
            yield return ("SharedArray", patience =>
                Array.Update(element, it => it, patience).IsWhole ? null : $"element {element} of the shared array is torn: {Array[element]}");
        }

        yield return ("ProcessLock", patience => UseLock(abandoned, patience));
        yield return ("ProcessSemaphore", UseUnit);
        yield return ("ProcessCondition", Rooms.AwaitTurn);
        yield return ("ProcessBarrier", Rooms.Meet);
        yield return ("ProcessReaderWriterLock, writing", Rooms.Write);
        yield return ("ProcessReaderWriterLock, reading", Rooms.Read);
    }

    public void Dispose()
    {
        Value.Dispose();
        Array.Dispose();
        Gate.Dispose();
        Guarded.Dispose();
        Units.Dispose();
        Rooms.Dispose();
        Begun.Dispose();
    }

    private string? UseLock(Action abandoned, CancellationToken patience)
    {
        bool isWhole = CountUnderLock(0, out bool isAbandoned, patience);
        if (isAbandoned) abandoned();
        return isWhole ? null : "what the lock guards was half changed, and nobody was told that a holder had died";
    }

    private string? UseUnit(CancellationToken patience)
    {
        Units.Wait(patience);
        Units.Release();
        return null;
    }

    // Two counters that are equal outside of the lock.
    private bool CountUnderLock(int lingering, out bool isAbandoned, CancellationToken patience = default)
    {
        isAbandoned = Gate.Acquire(patience) == LockEntry.EnteredAbandoned;
        Span<long> pair = MemoryMarshal.Cast<byte, long>(Guarded.AsSpan());
        bool isWhole = pair[0] == pair[1];
        if (isAbandoned)
        {
            pair[1] = pair[0];
            Gate.MarkConsistent();
        }

        pair[0]++;
        Thread.SpinWait(lingering);
        pair[1]++;
        Gate.Exit();
        return isWhole || isAbandoned;
    }

    private static Wide NextSlowly(Wide it)
    {
        Thread.SpinWait(Lingering);
        return Wide.Next(it);
    }
}

/// <summary>Eight numbers that are always equal.</summary>
internal readonly record struct Wide(long A, long B, long C, long D, long E, long F, long G, long H)
{
    public bool IsWhole => A == B && B == C && C == D && D == E && E == F && F == G && G == H;

    public static Wide Next(Wide it) => new(it.A + 1, it.B + 1, it.C + 1, it.D + 1, it.E + 1, it.F + 1, it.G + 1, it.H + 1);
}
