using System.Runtime.CompilerServices;
using ConcurrencySpecs.Native;
using ConcurrencySpecs.Waiting;

namespace ConcurrencySpecs.SharedMemory;

/// <summary>The protocol of a semaphore in shared memory: what there is and what each user holds, under a robust mutex, and an
/// eventcount to sleep at.</summary>
/// <remarks>Nobody writes how many units are free: it is what no user holds, so that a unit changes hands by one store and cannot be lost in between.</remarks>
internal readonly ref struct SharedSemaphore(ref SemaphoreTerms terms, Span<int> holdings, SegmentUsers users, SharedMemorySegment? segment)
{
    private const int PausesPerSpin = 8;

    // I1  units free = Total − the sum of all holdings, from 0 to Maximum; each step changes one of these words, under the mutex
    // I2  holdings[p] are the units of the user at place p of the segment's table; they are free again once somebody finds that it has gone
    // I3  whoever is about to sleep has announced itself before its last look; whoever gives back looks for announcements after it
    private readonly ref SemaphoreTerms _terms = ref terms;
    private readonly Span<int> _holdings = holdings;

    private ref RobustWords Mutex => ref _terms.Mutex;

    private Span<int> Used => _holdings[.._terms.PlacesUsed];

    /// <summary>How many units nobody holds, at one moment during the call.</summary>
    public int CountFree()
    {
        Enter();
        int free = Free();
        RobustMutex.Exit(ref Mutex);
        return free;
    }

    /// <summary>A process has begun to use the segment, in the place of one that may have died with units.</summary>
    public void Open(int place)
    {
        Enter();
        int units = TakeBack(place);
        if (_terms.PlacesUsed <= place) _terms.PlacesUsed = place + 1;
        RobustMutex.Exit(ref Mutex);
        if (units > 0) SharedEventCount.Signal(ref _terms.Waiting, units);
    }

    /// <summary>Takes a unit for the user at <paramref name="place"/>.</summary>
    /// <returns>False when the time was up: no unit was taken.</returns>
    /// <exception cref="OperationCanceledException">The wait was cancelled: no unit was taken.</exception>
    /// <exception cref="ObjectDisposedException">The segment was disposed.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Take(int place, Patience patience)
    {
        patience.ThrowIfCancelled();
        bool hasSlept = false, wakes = false;
        for (int looks = 0; ; looks++)
        {
            bool spins = looks < SharedFutex.SpinsBeforeSleep;
            bool announces = looks > 0 && !spins && !wakes;             // who was woken looks first: mostly what it was woken for is there
            int ticket = announces ? SharedEventCount.Prepare(ref _terms.Waiting) : 0;
            if (TryTake(place, alsoOfTheDead: announces && hasSlept)) return true;      // who has slept in vain asks the system for each holder
            segment?.Open();
            if (patience.IsOver(out TimeSpan left)) return TryTake(place, alsoOfTheDead: true);     // nobody goes away from a unit that a dead holds
            if (announces) SharedEventCount.Sleep(ref _terms.Waiting, ticket, left);
            else if (spins) Thread.SpinWait(PausesPerSpin);
            hasSlept |= wakes = announces;
        }
    }

    /// <summary>Takes a unit if one is free, or, on demand, held by somebody who has gone.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryTake(int place, bool alsoOfTheDead)
    {
        Enter();
        bool isFree = Free() > 0 || (alsoOfTheDead && TakeBackFromDead(place));
        if (isFree) _holdings[place]++;
        RobustMutex.Exit(ref Mutex);
        return isFree;
    }

    /// <summary>Gives units back: first those of the user at <paramref name="place"/>, then those of others, then new ones.</summary>
    /// <returns>False when more would be free than there may be: nothing has changed.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool GiveBack(int place, int count)
    {
        bool fits = TryGiveBack(place, count);
        if (fits) SharedEventCount.Signal(ref _terms.Waiting, count);
        return fits;
    }

    /// <summary>The same without telling those who sleep.</summary>
    // Each step is one store, so whoever dies between two has given back some.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryGiveBack(int place, int count)
    {
        Enter();
        bool fits = count <= _terms.Maximum - Free();
        if (fits)
        {
            count -= Drop(place, count);
            for (int other = 0; count > 0 && other < Used.Length; other++) count -= Drop(other, count);
            if (count > 0) _terms.Total += count;
        }

        RobustMutex.Exit(ref Mutex);
        return fits;
    }

    // Here and not by a call: who comes from another process finds no page of code where it left it, and each further one costs it time.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Enter()
    {
        if (!RobustMutex.TryEnter(ref Mutex)) RobustMutex.Enter(segment, ref Mutex, Patience.Endless());
        Mutex.Inconsistent = 0;         // I1 holds whenever somebody died
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Free()
    {
        long free = _terms.Total;
        foreach (int held in Used) free -= held;
        return (int)free;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Drop(int place, int most)
    {
        int dropped = Math.Min(most, _holdings[place]);
        if (dropped > 0) _holdings[place] -= dropped;
        return dropped;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TakeBackFromDead(int mine)
    {
        for (int place = 0; place < Used.Length; place++)
            if (place != mine && _holdings[place] != 0 && !users.IsTaken(place)) TakeBack(place);
        return Free() > 0;
    }

    // The count of what came back is written after it: a death in between loses the report and no unit.
    private int TakeBack(int place)
    {
        int units = _holdings[place];
        _holdings[place] = 0;
        _terms.Recovered += units;
        return units;
    }
}
