using System.Diagnostics;
using System.Runtime.CompilerServices;
using ConcurrencySpecs.Native;
using ConcurrencySpecs.Waiting;

namespace ConcurrencySpecs.Locks;

/// <summary>The general lock: short waits spin, long ones sleep, and nobody is passed over for ever.</summary>
/// <remarks>
/// <para>Progress — blocking; newcomers may pass those who sleep, but one who was woken in vain a few times claims the lock and is handed it next.</para>
/// <para>Ordering — mutual exclusion; what a holder wrote is visible to the next one.</para>
/// <para>Cost — one exchange to enter and one to exit while nobody waits, no allocation; a sleep and its wake-up are a system call each.</para>
/// <para>Failure — a wait that is cut short passes on the wake-up it may have used up; a holder that never exits keeps all others waiting.</para>
/// <para>Source — Drepper, "Futexes are tricky", 2011; handing over after bounded bypassing: Pizlo, "Locking in WebKit", 2016.</para>
/// </remarks>
public sealed class FutexLock : ILock
{
    private const int DefaultSpins = 6;         // 8 pauses, then twice as many each time, are about 20 µs: what a sleep and its wake-up cost
    private const int DefaultPatience = 8;
    private const int FirstPauses = 8;

    // heir (32 bits) | holder (31 bits) | Contended; threads are their managed numbers, 0 is nobody
    private const long Free = 0;
    private const long Contended = 1;
    private const long Holder = 0xFFFF_FFFE;
    private const int FromHolderToHeir = 31;

    // I1  a thread enters by putting its number into a free state, or by being put there by the holder: it is the heir; it alone takes it out
    // I2  while somebody sleeps at _signals, Contended is set, or somebody who was awake since the last exit is on the way to set it or to enter
    // I3  an heir stands only beside a holder; it sleeps at _handOvers, where beside it are at most those who were heirs before it and wake up
    private readonly int _spins;
    private readonly int _patience;
    private long _state;
    private int _signals;
    private int _handOvers;

    /// <summary>Creates a lock that is free.</summary>
    public FutexLock() : this(Environment.ProcessorCount > 1 ? DefaultSpins : 0, DefaultPatience) { }

    /// <summary>How often to look before sleeping, and how often to be woken in vain before claiming.</summary>
    internal FutexLock(int spins, int patience) => (_spins, _patience) = (spins, patience);

    /// <inheritdoc/>
    public bool IsHeldByCurrentThread => HolderOf(Volatile.Read(ref _state)) == Me;

    /// <summary>Whether a waiter has claimed the lock.</summary>
    internal bool HasHeir => HeirOf(Volatile.Read(ref _state)) != 0;

    private static long Me => (long)ThreadNumber.Mine << 1;

    /// <inheritdoc/>
    public void Enter(CancellationToken cancel = default)
    {
        if (cancel.IsCancellationRequested || Interlocked.CompareExchange(ref _state, Me, Free) != Free) Wait(TimeLimit.Never, cancel);  // acquire ← [exit]
    }

    /// <inheritdoc/>
    public bool TryEnter() => Interlocked.CompareExchange(ref _state, Me, Free) == Free;    // acquire ← [exit]

    /// <inheritdoc/>
    public bool TryEnter(TimeSpan timeout, CancellationToken cancel = default)
    {
        var limit = TimeLimit.Of(timeout, TimeProvider.System);
        cancel.ThrowIfCancellationRequested();
        return TryEnter() || (!limit.IsNow && Wait(limit, cancel));
    }

    /// <inheritdoc/>
    public void Exit()
    {
        long me = Me;
        if (Interlocked.CompareExchange(ref _state, Free, me) != me) Release(me);   // release → [exit]
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool Wait(TimeLimit limit, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        long me = Me;
        if (HolderOf(Volatile.Read(ref _state)) == me) throw LockErrors.Recursive();
        CancellationTokenRegistration registration = cancel.UnsafeRegister(static gate => ((FutexLock)gate!).Rouse(), this);
        try
        {
            for (int bypassed = 0; ; bypassed++)
            {
                if (Spin(bypassed == 0 ? me : me | Contended)) return true;     // who has slept may have left others asleep: only the mark wakes them
                int signal = Volatile.Read(ref _signals);       // acquire ← [signal]: read before the state is, so that a later one ends the sleep
                int handOver = Volatile.Read(ref _handOvers);   // the same
                long state = EnterOrMark(me, claim: bypassed >= _patience);
                if (HolderOf(state) == me) return true;
                if (cancel.IsCancellationRequested || limit.IsOver)
                {
                    if (!Leaves(me)) return true;
                    cancel.ThrowIfCancellationRequested();
                    return false;
                }

                bool isHeir = HeirOf(state) == me;
                using var blocking = new Blocking();
                Futex.Wait(ref isHeir ? ref _handOvers : ref _signals, isHeir ? handOver : signal, limit.LeftOrInfinite);
            }
        }
        finally
        {
            registration.Unregister();      // rather than Dispose, which would wait for a callback that is running
        }
    }

    // Ever more seldom: each look takes the holder's line away, which costs it more than a whole turn.
    private bool Spin(long entered)
    {
        for (int look = 0, pauses = FirstPauses; look < _spins; look++, pauses *= 2)
        {
            Thread.SpinWait(pauses);
            if (Volatile.Read(ref _state) == Free && Interlocked.CompareExchange(ref _state, entered, Free) == Free) return true;    // acquire ← [exit]
        }

        return false;
    }

    /// <summary>Enters a free lock; otherwise sees to it that the holder will wake somebody, or hand over to us when we claim first.</summary>
    private long EnterOrMark(long me, bool claim)
    {
        for (long state = Volatile.Read(ref _state); ;)
        {
            if (HolderOf(state) == me) return state;            // it was handed to us
            long wanted = state == Free ? me | Contended        // others may sleep, and only who comes from there knows
                : state | Contended | (claim && HeirOf(state) == 0 ? me << FromHolderToHeir : 0);
            if (wanted == state) return state;
            long found = Interlocked.CompareExchange(ref _state, wanted, state);    // acquire ← [exit]
            if (found == state) return wanted;
            state = found;
        }
    }

    /// <summary>Gives a wait up and leaves no trace of it; false when the lock was handed to us before.</summary>
    private bool Leaves(long me)
    {
        for (long state = Volatile.Read(ref _state); ;)
        {
            if (HolderOf(state) == me) return false;
            if (state == Free)
            {
                Signal(ref _signals, 1);                        // the wake-up that we may have used up was meant for whoever goes on
                return true;
            }

            long wanted = (HeirOf(state) == me ? state & Holder : state) | Contended;
            long found = Interlocked.CompareExchange(ref _state, wanted, state);
            if (found == state) return true;
            state = found;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Release(long me)
    {
        for (long state = Volatile.Read(ref _state); ;)
        {
            if (HolderOf(state) != me) throw LockErrors.NotHeld("exit it");
            long heir = HeirOf(state);
            Debug.Assert(heir != me, "I3");
            long found = Interlocked.CompareExchange(ref _state, heir == 0 ? Free : heir | Contended, state);    // release → [exit]
            if (found == state)
            {
                if (heir == 0) Signal(ref _signals, 1);
                else Signal(ref _handOvers, int.MaxValue);      // the next claimant may lie there before the heir is awake, and one wake-up could be its
                return;
            }

            state = found;
        }
    }

    private static void Signal(ref int word, int count)
    {
        Interlocked.Increment(ref word);    // release → [signal]: the state precedes the count
        Futex.Wake(ref word, count);
    }

    // A token was cancelled, and only the waiter whose token it is will know: everybody looks.
    private void Rouse()
    {
        Interlocked.Increment(ref _signals);
        Interlocked.Increment(ref _handOvers);
        Futex.Wake(ref _signals, int.MaxValue);
        Futex.Wake(ref _handOvers, int.MaxValue);
    }

    private static long HolderOf(long state) => state & Holder;

    private static long HeirOf(long state) => (state >>> 32) << 1;
}
