using ConcurrencySpecs.Contracts.Locks;
using ConcurrencySpecs.Locks;
using ConcurrencySpecs.Native;

namespace ConcurrencySpecs.Broken.Locks;

/// <summary>A lock that is handed to whoever has claimed it, through one word at which all sleep; correct as it stands,
/// each twin overrides one decision.</summary>
internal class HeirTwin : ILock
{
    private const long Free = 0;
    private const int FromHolderToHeir = 32;
    private long _state;        // heir | holder, threads by their numbers
    private int _changes;

    public bool IsHeldByCurrentThread => HolderOf(Volatile.Read(ref _state)) == Me;

    private static long Me => Environment.CurrentManagedThreadId;

    public void Enter(CancellationToken cancel = default)
    {
        while (true)
        {
            int seen = Volatile.Read(ref _changes);
            long state = Volatile.Read(ref _state);
            if (HolderOf(state) == Me) return;
            long wanted = state == Free ? Me : HeirOf(state) == 0 ? state | Me << FromHolderToHeir : state;
            if (Interlocked.CompareExchange(ref _state, wanted, state) != state) continue;
            if (state == Free) return;
            Futex.Wait(ref _changes, seen, Timeout.InfiniteTimeSpan);
        }
    }

    public bool TryEnter() => Interlocked.CompareExchange(ref _state, Me, Free) == Free;

    public bool TryEnter(TimeSpan timeout, CancellationToken cancel = default) => TryEnter();

    public void Exit()
    {
        long state = Volatile.Read(ref _state);
        for (long found; (found = Interlocked.CompareExchange(ref _state, HeirOf(state), state)) != state;) state = found;
        Interlocked.Increment(ref _changes);
        Futex.Wake(ref _changes, Woken);
    }

    /// <summary>How many of those who sleep look again.</summary>
    protected virtual int Woken => int.MaxValue;

    private static long HolderOf(long state) => state & uint.MaxValue;

    private static long HeirOf(long state) => state >> FromHolderToHeir;
}

[Broken("wakes one sleeper for the hand-over: the next claimant takes the heir's wake-up", "Interleavings")]
public sealed class HandOverWakesOneSleeper : LockContract
{
    protected override ILock NewLock() => new Twin();

    private sealed class Twin : HeirTwin
    {
        protected override int Woken => 1;
    }
}
