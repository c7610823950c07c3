using System.Runtime.InteropServices;
using System.Text.Json.Serialization;
using ConcurrencySpecs.Native;
using ConcurrencySpecs.SharedMemory;
using ConcurrencySpecs.Waiting;

namespace ConcurrencySpecs.Locks;

/// <summary>Where the holder of a lock between processes waits, without holding it, until some process has changed what the lock guards.</summary>
/// <remarks>
/// <para>Progress — blocking; notifications go to those who wait in arrival order, and notifying never waits for the notified.</para>
/// <para>Ordering — nothing comes between letting go of the lock and waiting; who comes back holds the lock again, as often as before.</para>
/// <para>Cost — no allocation; a wait and a notification look at each place that was ever used at once; eight pages of shared memory.</para>
/// <para>Failure — a waiter that is killed is passed over, and if it was notified already the next in line is notified in its place, within 50 ms;
/// a notifier that is killed has notified or not. Both while they hold the lock leave it abandoned, and those who wait are told.</para>
/// <para>Source — Hoare, "Monitors", CACM 17(10), 1974; Python's multiprocessing.Condition, whose notify_all waits for ever for a killed waiter.</para>
/// <para>At most 240 threads wait at once.</para>
/// </remarks>
[JsonConverter(typeof(ProcessConditionConverter))]
public sealed class ProcessCondition : IDisposable
{
    internal const string KindOfSegment = "ProcessCondition";
    private const int TermsAt = 0, PlacesAt = 128, Places = 240, PlaceBytes = 128, Bytes = PlacesAt + Places * PlaceBytes;

    private readonly ProcessLock _lock;

    internal ProcessCondition(SharedMemorySegment segment, ILock guard)
    {
        Segment = segment;
        Guard = guard;
        _lock = guard as ProcessLock ?? ((RecursiveProcessLock)guard).Inner;
    }

    /// <summary>The lock; in a child that was handed the condition, the child's own object for the same lock.</summary>
    public ILock Guard { get; }

    internal SharedMemorySegment Segment { get; }

    internal ref ConditionTerms Terms => ref Segment.At<ConditionTerms>(TermsAt);

    internal Span<ConditionPlace> Line => MemoryMarshal.CreateSpan(ref Segment.At<ConditionPlace>(PlacesAt), Places);

    /// <summary>Creates a condition without a name, to be handed to children, of what a lock guards.</summary>
    /// <param name="guard">A lock between processes; a recursive one is let go of at all its levels.</param>
    /// <exception cref="ArgumentException">It is a lock inside a process.</exception>
    /// <exception cref="SystemCallException">There is not enough memory, or no descriptor left.</exception>
    public static ProcessCondition Create(ILock guard) => new(SharedMemorySegment.CreateAnonymous(Bytes, KindOfSegment), Checked(guard));

    /// <summary>Creates a condition under a name that is free.</summary>
    /// <param name="name">The name.</param>
    /// <param name="guard">A lock between processes; a recursive one is let go of at all its levels.</param>
    /// <exception cref="ArgumentException">The name is no name, or the lock one inside a process.</exception>
    /// <exception cref="IOException">The name is taken; or there is not enough shared memory.</exception>
    public static ProcessCondition Create(string name, ILock guard) => new(SharedMemorySegment.Create(name, Bytes, KindOfSegment), Checked(guard));

    /// <summary>Opens the condition of that name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="guard">The lock with which it was created, opened by this process.</param>
    /// <exception cref="ArgumentException">The lock is one inside a process.</exception>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    /// <exception cref="InvalidDataException">It is something else than a condition.</exception>
    public static ProcessCondition Open(string name, ILock guard) => new(SharedMemorySegment.Open(name, KindOfSegment), Checked(guard));

    /// <summary>Waits for a notification for as long as it takes. What it was for may be
    /// over again: look, and wait again, or use <see cref="WaitFor"/>.</summary>
    /// <param name="cancel">Ends the wait; seen within 50 ms.</param>
    /// <exception cref="SynchronizationLockException">The calling thread does not hold the lock.</exception>
    /// <exception cref="OperationCanceledException">Cancelled before a notification came; the lock is held again.</exception>
    /// <exception cref="LockAbandonedException">A holder of the lock died inside. The lock is held (again): repair what it guards, mark it consistent,
    /// and notify whoever may go on.</exception>
    /// <exception cref="InvalidOperationException">As many threads wait as there are places; the lock is held.</exception>
    /// <exception cref="ObjectDisposedException">The condition is disposed, or was meanwhile; the lock is held again. Or the lock was disposed
    /// meanwhile while others held it; it is not held then, and a notification that had come goes to the next in line.</exception>
    public void Wait(CancellationToken cancel = default) => Wait(Patience.Endless(cancel));

    /// <summary>Waits for a notification no longer than <paramref name="timeout"/>, and then for the lock for as long as it takes.</summary>
    /// <param name="timeout">Zero lets go of the lock for a moment; <see cref="Timeout.InfiniteTimeSpan"/> never gives up.</param>
    /// <param name="cancel">Ends the wait, seen within 50 ms; a token that is cancelled already throws at once.</param>
    /// <returns>False when the time was up first.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is negative and not infinite, or above 24 days.</exception>
    /// <inheritdoc cref="Wait(CancellationToken)" path="exception"/>
    public bool TryWait(TimeSpan timeout, CancellationToken cancel = default) => Wait(Patience.Of(timeout, cancel));

    /// <summary>Waits until <paramref name="condition"/> holds, for as long as it takes.</summary>
    /// <param name="condition">Asked while the lock is held: at first, and after each notification.</param>
    /// <param name="cancel">Ends the wait; seen within 50 ms.</param>
    /// <inheritdoc cref="Wait(CancellationToken)" path="exception"/>
    public void WaitFor(Func<bool> condition, CancellationToken cancel = default) => TryWaitFor(condition, Timeout.InfiniteTimeSpan, cancel);

    /// <summary>Waits until <paramref name="condition"/> holds, no longer than <paramref name="timeout"/>.</summary>
    /// <param name="condition">Asked while the lock is held: at first, after each notification, and when the time is up.</param>
    /// <param name="timeout">For all waits together; zero asks once.</param>
    /// <param name="cancel">Ends the wait; seen within 50 ms.</param>
    /// <returns>What the condition gave when it was asked last.</returns>
    /// <inheritdoc cref="TryWait" path="exception"/>
    public bool TryWaitFor(Func<bool> condition, TimeSpan timeout, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(condition);
        var limit = TimeLimit.Of(timeout, TimeProvider.System);
        RequireHeld("wait at its condition");
        bool holds = condition();
        while (!holds && !limit.IsOver)
        {
            Wait(new Patience(limit, cancel));
            holds = condition();
        }

        return holds;
    }

    /// <summary>Wakes up to <paramref name="count"/> of those who wait; they come back one by one, once the lock is free.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1.</exception>
    /// <exception cref="SynchronizationLockException">The calling thread does not hold the lock; nobody was woken.</exception>
    /// <exception cref="ObjectDisposedException">The condition is disposed.</exception>
    public void Notify(int count = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        Segment.Open();
        RequireHeld("notify who waits at its condition");
        SharedCondition.Notify(ref Terms, Line, count);
        GC.KeepAlive(this);
    }

    /// <summary>Wakes all who wait.</summary>
    /// <inheritdoc cref="Notify" path="exception[not(contains(.,'below'))]"/>
    public void NotifyAll() => Notify(int.MaxValue);

    /// <summary>Takes the name away; those who have the condition open keep it.</summary>
    /// <inheritdoc cref="SharedMemorySegment.Unlink()" path="exception"/>
    public void Unlink() => Segment.Unlink();

    /// <summary>Lets go of the condition in this process, and not of its lock; those who wait at it here learn that it is disposed.</summary>
    public void Dispose() => Segment.Dispose(locks: Bytes);

    private bool Wait(Patience patience)
    {
        Segment.Open();
        RequireHeld("wait at its condition");
        patience.ThrowIfCancelled();
        if (_lock.Mutex.Inconsistent != 0) throw Abandoned();
        ConditionEnd end = SharedCondition.Wait(ref _lock.Mutex, _lock.Segment, ref Terms, Line, Segment, patience);
        GC.KeepAlive(this);
        switch (end)
        {
            case ConditionEnd.Cancelled: patience.ThrowIfCancelled(); break;
            case ConditionEnd.Closed: Segment.Open(); break;
            case ConditionEnd.Abandoned: throw Abandoned();
        }

        return end == ConditionEnd.Notified;
    }

    private LockAbandonedException Abandoned() => LockAbandonedException.OfHeld(_lock.Mutex.Deceased);

    private void RequireHeld(string action)
    {
        if (!Guard.IsHeldByCurrentThread) throw LockErrors.NotHeld(action);
    }

    private static ILock Checked(ILock guard)
    {
        ArgumentNullException.ThrowIfNull(guard);
        return guard is ProcessLock or RecursiveProcessLock ? guard : throw new ArgumentException(
            $"A {guard.GetType().Name} guards what threads of one process share. Give a ProcessLock or RecursiveProcessLock, or use ConditionVariable.",
            nameof(guard));
    }
}
