using System.Runtime.CompilerServices;
using ConcurrencySpecs.Benchmarks.Measuring;
using ConcurrencySpecs.Locks;

namespace ConcurrencySpecs.Benchmarks.Locks;

/// <summary>One turn at a lock: enter, a short section, exit. Structs whose turn is inlined, so that the compiled loop has the lock's own code in it.</summary>
internal interface ITurn
{
    void Take();
}

/// <summary>What is done inside: about twenty nanoseconds that depend on each other, and a plain count that shows whether two were in at once.</summary>
internal sealed class Section
{
    private const int Links = 12;
    private ulong _chain = 1;

    public long Count { get; private set; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Work()
    {
        ulong chain = _chain;
        for (int i = 0; i < Links; i++) chain = chain * 6364136223846793005 + 1442695040888963407;
        _chain = chain;
        Count++;
    }
}

internal readonly struct MonitorTurn(object gate, Section? section) : ITurn
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Take()
    {
        lock (gate) section?.Work();
    }
}

internal readonly struct LockTurn(Lock gate, Section? section) : ITurn
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Take()
    {
        lock (gate) section?.Work();
    }
}

internal readonly struct FutexLockTurn(FutexLock gate, Section? section) : ITurn
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Take()
    {
        gate.Enter();
        section?.Work();
        gate.Exit();
    }
}

internal readonly struct TicketLockTurn(TicketLock gate, Section? section) : ITurn
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Take()
    {
        gate.Enter();
        section?.Work();
        gate.Exit();
    }
}

internal readonly struct McsLockTurn(McsLock gate, Section? section) : ITurn
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Take()
    {
        gate.Enter();
        section?.Work();
        gate.Exit();
    }
}

internal readonly struct ReaderWriterLockSlimTurn(ReaderWriterLockSlim gate) : ITurn
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Take()
    {
        gate.EnterReadLock();
        gate.ExitReadLock();
    }
}

internal readonly struct PhaseFairTurn(PhaseFairReaderWriterLock gate) : ITurn
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Take()
    {
        gate.EnterRead();
        gate.ExitRead();
    }
}

/// <summary>A value of 32 bytes.</summary>
internal record struct Quad(long A, long B, long C, long D);

/// <summary>Keeps what a thread has read, so that the compiler cannot leave the reading out.</summary>
/// <remarks>Written and never read: a sum would make every turn wait for the one before, which costs as much as reading 32 bytes.</remarks>
internal sealed class Sink
{
    public long Last;
}

internal readonly struct MonitorReadTurn(object gate, Quad[] value, Sink sink) : ITurn
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Take()
    {
        Quad read;
        lock (gate) read = value[0];
        sink.Last = read.A + read.B + read.C + read.D;
    }
}

internal readonly struct SeqLockTurn(SeqLock<Quad> value, Sink sink) : ITurn
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Take()
    {
        Quad read = value.Read();
        sink.Last = read.A + read.B + read.C + read.D;
    }
}

/// <summary>Takes turns until the whistle is blown.</summary>
internal static class TurnLoop
{
    private const int TurnsPerLook = 32;

    /// <summary>Looks after every turn, because a turn may take a thread as long as the others like.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static long Among<TTurn>(TTurn turn, Contest.Whistle whistle) where TTurn : struct, ITurn
    {
        long turns = 0;
        for (; !whistle.IsBlown; turns++) turn.Take();
        return turns;
    }

    /// <summary>Looks now and then, because a turn alone costs hardly more than a look.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static long Alone<TTurn>(TTurn turn, Contest.Whistle whistle) where TTurn : struct, ITurn
    {
        long turns = 0;
        for (; !whistle.IsBlown; turns += TurnsPerLook)
            for (int i = 0; i < TurnsPerLook; i++) turn.Take();
        return turns;
    }
}
