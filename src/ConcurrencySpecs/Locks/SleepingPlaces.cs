using ConcurrencySpecs.Native;
using ConcurrencySpecs.Waiting;

namespace ConcurrencySpecs.Locks;

/// <summary>Where the waiters of a lock sleep, in a few places, so that a change wakes those whom it concerns.</summary>
/// <remarks>
/// A change costs one load while nobody sleeps: who lies down pays for the order of the two by a barrier of all processors.
/// Everybody at a place is woken and looks again; a wait that is cut short has therefore used nothing up.
/// </remarks>
internal sealed class SleepingPlaces(int places)
{
    // I1  while somebody sleeps or is about to look for the last time, _sleepers counts it
    // I2  sleeper: count, barrier of all processors, then the look. Waker: the change, then the load of _sleepers.
    //     So either the look sees the change, or the load sees the sleeper (Dekker).
    private readonly int[] _signals = new int[places];
    private int _sleepers;

    /// <summary>Whether somebody may sleep; asked after the change that may be waited for.</summary>
    public bool AreUsed => Volatile.Read(ref _sleepers) != 0;       // partner: the barrier in Sleep

    /// <summary>Sleeps until <paramref name="mayGoOn"/> says so, which is asked at first and after each signal.</summary>
    /// <returns>False when the time was up first.</returns>
    /// <exception cref="OperationCanceledException">Cancelled before.</exception>
    public bool Sleep<T>(int place, T waiter, Func<T, bool> mayGoOn, TimeLimit limit, CancellationToken cancel)
    {
        Interlocked.Increment(ref _sleepers);
        Interlocked.MemoryBarrierProcessWide();         // full, for every processor: we are counted before we look, and they change before they load
        CancellationTokenRegistration registration = cancel.UnsafeRegister(static all => ((SleepingPlaces)all!).WakeAll(), this);
        using var blocking = new Blocking();
        try
        {
            while (true)
            {
                int signal = Volatile.Read(ref _signals[place]);    // acquire ← [signal]: read before the look, so that a later one ends the sleep
                if (mayGoOn(waiter)) return true;
                cancel.ThrowIfCancellationRequested();
                if (limit.IsOver) return false;
                Futex.Wait(ref _signals[place], signal, limit.LeftOrInfinite);
            }
        }
        finally
        {
            registration.Unregister();      // rather than Dispose, which would wait for a callback that is running
            Interlocked.Decrement(ref _sleepers);
        }
    }

    /// <summary>Wakes all who sleep at a place.</summary>
    public void Wake(int place)
    {
        Interlocked.Increment(ref _signals[place]);     // release → [signal]: the change precedes the count
        Futex.Wake(ref _signals[place], int.MaxValue);
    }

    // A token was cancelled, and only the waiter whose token it is will know: everybody looks.
    private void WakeAll()
    {
        for (int place = 0; place < _signals.Length; place++) Wake(place);
    }
}
