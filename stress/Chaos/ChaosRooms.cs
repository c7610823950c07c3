using System.Runtime.InteropServices;
using ConcurrencySpecs.Locks;
using ConcurrencySpecs.SharedMemory;

namespace ConcurrencySpecs.Stress.Chaos;

/// <summary>What workers share that makes them wait for each other: a condition, a barrier for any two of them, a lock for readers and writers.</summary>
internal sealed record ChaosRooms(
    ProcessCondition Turned, ProcessBarrier Meeting, ProcessReaderWriterLock Shelf, SharedMemorySegment Memory) : IDisposable
{
    private const int Turn = 0, Left = 1, Right = 2, Longs = 3;
    private static readonly TimeSpan _betweenTurns = TimeSpan.FromMilliseconds(5);

    // Workers come round when they do: how soon is no promise. That a wait ends when its time is up is one.
    private static readonly TimeSpan _ofSurvivor = TimeSpan.FromMilliseconds(10);

    public static ChaosRooms Create() => new(
        ProcessCondition.Create(ProcessLock.Create()), ProcessBarrier.Create(2), ProcessReaderWriterLock.Create(),
        SharedMemorySegment.CreateAnonymous(Longs * sizeof(long)));

    private ProcessLock Guard => (ProcessLock)Turned.Guard;

    /// <summary>A part of a worker's life.</summary>
    public void Work()
    {
        if (Guard.Acquire() == LockEntry.EnteredAbandoned) Guard.MarkConsistent();
        At(Turn)++;
        Turned.Notify();
        WaitForTurn(_betweenTurns, long.MaxValue, CancellationToken.None);
        Guard.Exit();
        Meet(Timeout.InfiniteTimeSpan, CancellationToken.None);
        Write(CancellationToken.None);
        Read(CancellationToken.None);
    }

    /// <summary>Waits at the condition for a moment, or until somebody has taken a turn.</summary>
    public string? AwaitTurn(CancellationToken patience)
    {
        if (Guard.Acquire(patience) == LockEntry.EnteredAbandoned) Guard.MarkConsistent();
        WaitForTurn(_ofSurvivor, At(Turn), patience);
        Guard.Exit();
        return null;
    }

    /// <summary>Crosses the barrier with one other who comes soon.</summary>
    public string? Meet(CancellationToken patience) => Meet(_ofSurvivor, patience);

    private string? Meet(TimeSpan limit, CancellationToken patience)
    {
        BarrierResult result = Meeting.TryWait(limit, out int place, patience);
        if (result != BarrierResult.Crossed) Meeting.Reset();       // a death has broken it, or one who gave up
        return result == BarrierResult.Crossed && place is not (0 or 1) ? $"a barrier for two gave the place {place}" : null;
    }

    /// <summary>Changes what the lock for readers and writers guards.</summary>
    public string? Write(CancellationToken patience)
    {
        bool isAbandoned = Shelf.AcquireWrite(Timeout.InfiniteTimeSpan, patience) == LockEntry.EnteredAbandoned;
        bool isWhole = At(Left) == At(Right);
        if (isAbandoned)
        {
            At(Right) = At(Left);
            Shelf.MarkConsistent();
        }

        At(Left)++;
        At(Right)++;
        Shelf.ExitWrite();
        return isWhole || isAbandoned ? null : "what a writer guards was half changed, and no writer was told that one had died";
    }

    /// <summary>Reads what the lock for readers and writers guards.</summary>
    public string? Read(CancellationToken patience)
    {
        bool isAbandoned = Shelf.AcquireRead(Timeout.InfiniteTimeSpan, patience) == LockEntry.EnteredAbandoned;
        bool isWhole = At(Left) == At(Right);
        Shelf.ExitRead();
        return isWhole || isAbandoned ? null : "what a writer guards was half changed, and no reader was told that one had died";
    }

    public void Dispose()
    {
        var guard = Guard;
        Turned.Dispose();
        guard.Dispose();
        Meeting.Dispose();
        Shelf.Dispose();
        Memory.Dispose();
    }

    private ref long At(int place) => ref MemoryMarshal.Cast<byte, long>(Memory.AsSpan())[place];

    private void WaitForTurn(TimeSpan limit, long seen, CancellationToken patience)
    {
        while (true)
        {
            try
            {
                if (seen == long.MaxValue) Turned.TryWait(limit, patience);
                else Turned.TryWaitFor(() => At(Turn) != seen, limit, patience);
                return;
            }
            catch (LockAbandonedException)
            {
                Guard.MarkConsistent();         // a turn is one store: there is nothing else to repair
            }
        }
    }
}
