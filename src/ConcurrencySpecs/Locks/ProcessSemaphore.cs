using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json.Serialization;
using ConcurrencySpecs.Native;
using ConcurrencySpecs.SharedMemory;
using ConcurrencySpecs.Waiting;

namespace ConcurrencySpecs.Locks;

/// <summary>A number of units that threads of any processes take and give back, and that come back from the dead.</summary>
/// <remarks>
/// <para>Progress — blocking while there is no unit; whoever waits looks again at the latest every 50 ms, then also for units of the dead, and so does
/// whoever is about to give up.</para>
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
    private const int TermsAt = 0, HoldingsAt = 192, Bytes = HoldingsAt + SegmentFormat.Places * sizeof(int);

    private readonly SharedMemorySegment _segment;

    private ProcessSemaphore(SharedMemorySegment segment)
    {
        _segment = segment;
        Protocol.Open(segment.Place);
    }

    static string IHanded<ProcessSemaphore>.Kind => KindOfSegment;

    SharedMemorySegment IHanded<ProcessSemaphore>.Segment => _segment;

    /// <summary>How many units can be free at most.</summary>
    public int Maximum => Terms.Maximum;

    /// <summary>How many units are free, at one moment during the call; those of the dead once somebody has come for one.</summary>
    /// <exception cref="ObjectDisposedException">The semaphore is disposed.</exception>
    public int CurrentCount
    {
        get
        {
            int free = Protocol.CountFree();
            GC.KeepAlive(this);
            return free;
        }
    }

    /// <summary>How many units have come back from processes that ended or disposed while they held them.</summary>
    /// <exception cref="ObjectDisposedException">The semaphore is disposed.</exception>
    public int RecoveredUnits => Volatile.Read(ref Terms.Recovered);

    private ref SemaphoreTerms Terms => ref _segment.Open().At<SemaphoreTerms>(TermsAt);

    private SharedSemaphore Protocol => new(
        ref Terms, MemoryMarshal.CreateSpan(ref _segment.At<int>(HoldingsAt), SegmentFormat.Places), _segment.Table, _segment);

    static ProcessSemaphore IHanded<ProcessSemaphore>.In(SharedMemorySegment segment) => new(segment);

    /// <summary>Creates a semaphore without a name, to be handed to children.</summary>
    /// <param name="initial">How many units are free at first.</param>
    /// <param name="maximum">How many can be free at most.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maximum"/> is below 1, or <paramref name="initial"/> is not from 0 to it.</exception>
    /// <exception cref="SystemCallException">There is not enough memory, or no descriptor left.</exception>
    public static ProcessSemaphore Create(int initial, int maximum = int.MaxValue)
    {
        SemaphoreTerms terms = SemaphoreTerms.Of(initial, maximum);
        return new(SharedMemorySegment.CreateAnonymous(Bytes, KindOfSegment, Initial(ref terms)));
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
        SemaphoreTerms terms = SemaphoreTerms.Of(initial, maximum);
        return new(SharedMemorySegment.Create(name, Bytes, KindOfSegment, Initial(ref terms)));
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
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Release(int count = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        bool fits = Protocol.GiveBack(_segment.Place, count);
        GC.KeepAlive(this);
        if (!fits) throw new SemaphoreFullException($"{count} more would be free than the maximum of {Maximum} allows. Release once for each unit taken.");
    }

    /// <summary>Takes the name away; those who have the semaphore open keep it.</summary>
    /// <inheritdoc cref="SharedMemorySegment.Unlink()" path="exception"/>
    public void Unlink() => _segment.Unlink();

    /// <summary>Lets go of the semaphore in this process; the units that it holds come back to the others.</summary>
    public void Dispose() => _segment.Dispose(locks: Bytes);

    // Compiled fully at once, like the calls of its sisters: a child seldom lives until the runtime would do it, and on one core nobody does it meanwhile.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool Take(Patience patience)
    {
        bool isTaken = Protocol.Take(_segment.Place, patience);
        GC.KeepAlive(this);
        return isTaken;
    }

    private static Initial Initial(ref SemaphoreTerms terms) => new(MemoryMarshal.AsBytes(new ReadOnlySpan<SemaphoreTerms>(ref terms)), TermsAt);
}
