using System.Diagnostics;
using ConcurrencySpecs.Benchmarks.Measuring;
using ConcurrencySpecs.Locks;
using ConcurrencySpecs.SharedMemory;

namespace ConcurrencySpecs.Benchmarks.Processes;

/// <summary>One of two measuring processes. The first keeps the time.</summary>
internal sealed class DuoEnd(DuoTable table, int end)
{
    private const int Alone = 100_000, AloneMutex = 5_000, Trips = 300, TurnsPerLook = 16;
    private static readonly TimeSpan _contest = TimeSpan.FromMilliseconds(20);

    public void Serve()
    {
        Affinity.Pin(end);
        using var mutex = new Mutex(initiallyOwned: false, table.Mutex);
        while (true)
        {
            table.Begin[end].Wait();
            ref DuoWords words = ref table.Look();
            long start = Stopwatch.GetTimestamp();
            long turns = words.Play switch
            {
                Play.LockAlone => LockAlone(table.Lock),
                Play.MutexAlone => AloneAt(AloneMutex, () => { mutex.WaitOne(); mutex.ReleaseMutex(); }),
                Play.Add => AloneAt(Alone, () => table.Value.Add(1)),
                Play.LockTogether => Together(ref words, start, () => { table.Lock.Enter(); table.Lock.Exit(); }),
                Play.MutexTogether => Together(ref words, start, () => { mutex.WaitOne(); mutex.ReleaseMutex(); }),
                Play.SemaphoreTrips => Pass(() => table.Units[1 - end].Release(), () => table.Units[end].Wait()),
                Play.EventTrips => Pass(() => table.Events[1 - end].Set(), () => { table.Events[end].Wait(); table.Events[end].Reset(); }),
                Play.ConditionTrips => Pass(GiveBall, TakeBall),
                Play.BarrierTrips => Pass(() => { }, () => table.Meeting.Wait()),
                Play other => throw new InvalidOperationException($"{other} is no game."),
            };
            if (end == 0) (words.Nanoseconds, words.Turns) = (Stopwatch.GetElapsedTime(start).TotalNanoseconds, turns);
            else words.OtherTurns = turns;
            table.Done.Release();
        }
    }

    // In a loop of its own, as in the programs of its peers: a call by delegate is a fifth of what is measured.
    private long LockAlone(ProcessLock gate)
    {
        if (end != 0) return 0;
        for (int i = 0; i < Alone; i++)
        {
            gate.Enter();
            gate.Exit();
        }

        return Alone;
    }

    private long AloneAt(int turns, Action turn)
    {
        if (end != 0) return 0;
        for (int i = 0; i < turns; i++) turn();
        return turns;
    }

    private long Together(ref DuoWords words, long start, Action turn)
    {
        long turns = 0;
        for (; !Volatile.Read(ref words.IsOver); turns += TurnsPerLook)
        {
            for (int i = 0; i < TurnsPerLook; i++) turn();
            if (end == 0 && Stopwatch.GetElapsedTime(start) > _contest) Volatile.Write(ref words.IsOver, true);
        }

        return turns;
    }

    // The first gives and takes, the second takes and gives; a trip is there and back.
    private long Pass(Action give, Action take)
    {
        for (int i = 0; i < Trips; i++)
        {
            if (end == 0) give();
            take();
            if (end != 0) give();
        }

        return end == 0 ? Trips : 0;
    }

    private void GiveBall()
    {
        table.Place.Guard.Enter();
        table.Ball.Value = 1 - end;
        table.Place.Notify();
        table.Place.Guard.Exit();
    }

    private void TakeBall()
    {
        table.Place.Guard.Enter();
        while (table.Ball.Value != end) table.Place.Wait();
        table.Place.Guard.Exit();
    }
}
