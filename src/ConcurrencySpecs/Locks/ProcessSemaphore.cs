using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;
using ConcurrencySpecs.Native;
using ConcurrencySpecs.SharedMemory;
using ConcurrencySpecs.Waiting;

namespace ConcurrencySpecs.Locks;

/// <summary>A number of units that threads of any processes take and give back, and that come back from the dead.</summary>
/// <remarks>
/// <para>Progress — blocking while there is no unit; whoever waits looks again at the latest every 50 ms, then also for units of the dead.</para>
/// <para>Ordering — what was written before a unit was given back is visible to whoever takes it.</para>
/// <para>Cost — two exchanges and a sum over the processes that have the semaphore open, no allocation; two pages of shared memory.</para>
/// <para>Failure — a process that ends or disposes while it holds units leaves them to those who wait, and <see cref="RecoveredUnits"/> counts them;
/// killed at any moment it leaves the numbers right, because each change is a single store.</para>
/// <para>Source — Dijkstra, "Cooperating sequential processes", 1965; Python's multiprocessing.Semaphore, whose units die with their holder.</para>
/// <para>Units belong to the process that took them. A unit that another process gives back is taken from its own holdings first and from
/// somebody else's then; when nobody holds any, the number of units grows, up to the maximum.</para>
/// </remarks>
[JsonConverter(typeof(HandedConverter))]
public sealed class ProcessSemaphore : IHanded<ProcessSemaphore>, IDisposable
{
    private const string KindOfSegment = "ProcessSemaphore";
    private const int MutexAt = 0, WaitingAt = 64, TermsAt = 128, HoldingsAt = 192;
    private const int SpinsBeforeSleep = 40, PausesPerSpin = 8;

    // I1  units free = Total − the sum of all holdings, from 0 to Maximum; each call changes one of these words, under the mutex
    // I2  a holding belongs to a place in the table of users; it goes back to zero when the place's user has gone
    private readonly SharedMemorySegment _segment;

    private ProcessSemaphore(SharedMemorySegment segment)
    {
        _segment = segment;
        RobustMutex.Enter(segment, ref Mutex, Patience.Endless());
        TakeBack(segment.Place);        // the one who had this place before us has gone
        ref Terms terms = ref TermsOf;
        if (terms.PlacesUsed <= segment.Place) terms.PlacesUsed = segment.Place + 1;
        RobustMutex.Exit(ref Mutex);
    }

    static string IHanded<ProcessSemaphore>.Kind => KindOfSegment;

    SharedMemorySegment IHanded<ProcessSemaphore>.Segment => _segment;

    /// <summary>How many units can be free at most.</summary>
    public int Maximum => TermsOf.Maximum;

    /// <summary>How many units are free, at one moment during the call.</summary>
    /// <exception cref="ObjectDisposedException">The semaphore is disposed.</exception>
    public int CurrentCount
    {
        get
        {
            EnterMutex();
            int free = Free();
            RobustMutex.Exit(ref Mutex);
            return free;
        }
    }

    /// <summary>How many units have come back from processes that ended or disposed while they held them.</summary>
    /// <exception cref="ObjectDisposedException">The semaphore is disposed.</exception>
    public int RecoveredUnits => Volatile.Read(ref TermsOf.Recovered);

    private static int Bytes => HoldingsAt + SegmentFormat.Places * sizeof(int);

    private ref RobustWords Mutex => ref _segment.At<RobustWords>(MutexAt);

    private ref EventCountWords Waiting => ref _segment.At<EventCountWords>(WaitingAt);

    private ref Terms TermsOf => ref _segment.Open().At<Terms>(TermsAt);

    static ProcessSemaphore IHanded<ProcessSemaphore>.In(SharedMemorySegment segment) => new(segment);

    /// <summary>Creates a semaphore without a name, to be handed to children.</summary>
    /// <param name="initial">How many units are free at first.</param>
    /// <param name="maximum">How many can be free at most.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maximum"/> is below 1, or <paramref name="initial"/> is not from 0 to it.</exception>
    /// <exception cref="SystemCallException">There is not enough memory, or no descriptor left.</exception>
    public static ProcessSemaphore Create(int initial, int maximum = int.MaxValue)
    {
        Terms terms = Terms.Of(initial, maximum);
        return new(SharedMemorySegment.CreateAnonymous(Bytes, KindOfSegment, terms.Initial(TermsAt)));
    }

    /// <summary>Creates a semaphore under a name that is free.</summary>
    /// <param name="name">The name.</param>
    /// <param name="initial">How many units are free at first.</param>
    /// <param name="maximum">How many can be free at most.</param>
    /// <exception cref="ArgumentException">The name is no name.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maximum"/> is below 1, or <paramref name="initial"/> is not from 0 to it.</exception>
    /// <exception cref="IOException">The name is taken; or there is not enough shared memory.</exception>
    public static ProcessSemaphore Create(string name, int initial, int maximum = int.MaxValue)
    {
        Terms terms = Terms.Of(initial, maximum);
        return new(SharedMemorySegment.Create(name, Bytes, KindOfSegment, terms.Initial(TermsAt)));
    }

    /// <summary>Opens the semaphore of that name.</summary>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    /// <exception cref="InvalidDataException">It is something else than a semaphore.</exception>
    public static ProcessSemaphore Open(string name) => new(SharedMemorySegment.Open(name, KindOfSegment));

    /// <summary>Takes a unit, waiting for as long as it takes.</summary>
    /// <param name="cancel">Ends the wait; seen within 50 ms.</param>
    /// <exception cref="OperationCanceledException">The wait was cancelled; no unit was taken.</exception>
    /// <exception cref="ObjectDisposedException">The semaphore is disposed, or was meanwhile.</exception>
    public void Wait(CancellationToken cancel = default) => Take(Patience.Endless(cancel));

    /// <summary>Takes a unit, waiting no longer than <paramref name="timeout"/>.</summary>
    /// <param name="timeout">Zero answers at once; <see cref="Timeout.InfiniteTimeSpan"/> never gives up.</param>
    /// <param name="cancel">Ends the wait; seen within 50 ms.</param>
    /// <returns>False when the time was up; no unit was taken.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is negative and not infinite, or above 24 days.</exception>
    /// <exception cref="OperationCanceledException">The wait was cancelled; no unit was taken.</exception>
    /// <exception cref="ObjectDisposedException">The semaphore is disposed, or was meanwhile.</exception>
    public bool TryWait(TimeSpan timeout, CancellationToken cancel = default) => Take(Patience.Of(timeout, cancel));

    /// <summary>Gives units back, or adds new ones where nobody holds any.</summary>
    /// <param name="count">How many.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1.</exception>
    /// <exception cref="SemaphoreFullException">More would be free than the maximum; nothing has changed.</exception>
    /// <exception cref="ObjectDisposedException">The semaphore is disposed.</exception>
    public void Release(int count = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        EnterMutex();
        try
        {
            if (count > TermsOf.Maximum - Free())
                throw new SemaphoreFullException($"{count} more would be free than the maximum of {TermsOf.Maximum} allows. Release once for each unit taken.");
            GiveBack(count);
        }
        finally
        {
            RobustMutex.Exit(ref Mutex);
        }

        SharedEventCount.Signal(ref Waiting, count);
        GC.KeepAlive(this);
    }

    /// <summary>Takes the name away; those who have the semaphore open keep it.</summary>
    /// <inheritdoc cref="SharedMemorySegment.Unlink()" path="exception"/>
    public void Unlink() => _segment.Unlink();

    /// <summary>Lets go of the semaphore in this process; the units that it holds come back to the others.</summary>
    public void Dispose() => _segment.Dispose(locks: Bytes);

    private bool Take(Patience patience)
    {
        patience.ThrowIfCancelled();
        int spins = Environment.ProcessorCount > 1 ? SpinsBeforeSleep : 0;      // on one core nobody gives a unit back while we look
        bool hasSlept = false, wakes = false;
        for (int looks = 0; ; looks++)
        {
            bool announces = looks > spins && !wakes;       // who was woken looks first: mostly what it was woken for is there
            int ticket = announces ? SharedEventCount.Prepare(ref Waiting) : 0;
            if (TakeFree(alsoOfTheDead: announces && hasSlept)) break;      // who has slept in vain asks the system for each holder
            _segment.Open();
            if (patience.IsOver(out TimeSpan left)) return false;
            if (looks <= spins) Thread.SpinWait(PausesPerSpin);
            else if (announces) SharedEventCount.Sleep(ref Waiting, ticket, left);
            hasSlept |= wakes = announces;
        }

        GC.KeepAlive(this);
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TakeFree(bool alsoOfTheDead)
    {
        EnterMutex();
        bool isFree = Free() > 0;
        if (!isFree && alsoOfTheDead) isFree = TakeBackFromDead();
        if (isFree) Holding(_segment.Place)++;
        RobustMutex.Exit(ref Mutex);
        return isFree;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TakeBackFromDead()
    {
        for (int place = 0; place < TermsOf.PlacesUsed; place++)
            if (Holding(place) != 0 && !_segment.Table.IsTaken(place)) TakeBack(place);
        return Free() > 0;
    }

    // Here and not by a call: who comes from another process finds no page of code where it left it, and each further one costs it time.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void EnterMutex()
    {
        ref RobustWords mutex = ref _segment.Open().At<RobustWords>(MutexAt);
        if (!RobustMutex.TryEnter(ref mutex)) RobustMutex.Enter(_segment, ref mutex, Patience.Endless());
    }

    // Each step is one store, so whoever dies between two has given back some.
    private void GiveBack(int count)
    {
        int own = Math.Min(count, Holding(_segment.Place));
        Holding(_segment.Place) -= own;
        count -= own;
        for (int place = 0; count > 0 && place < TermsOf.PlacesUsed; place++)
        {
            int theirs = Math.Min(count, Holding(place));
            Holding(place) -= theirs;
            count -= theirs;
        }

        TermsOf.Total += count;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Free()
    {
        Mutex.Inconsistent = 0;     // I1 holds whenever somebody died
        long free = TermsOf.Total;
        for (int place = 0; place < TermsOf.PlacesUsed; place++) free -= Holding(place);
        return (int)free;
    }

    // The count of what came back is written after it: a death in between loses the report and no unit.
    private void TakeBack(int place)
    {
        int units = Holding(place);
        Holding(place) = 0;
        TermsOf.Recovered += units;
    }

    private ref int Holding(int place) => ref _segment.At<int>(HoldingsAt + place * sizeof(int));
}
