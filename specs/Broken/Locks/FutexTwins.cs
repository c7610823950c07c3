using ConcurrencySpecs.Contracts.Locks;
using ConcurrencySpecs.Locks;
using ConcurrencySpecs.Native;

namespace ConcurrencySpecs.Broken.Locks;

[Broken("reads the count of signals when it goes to sleep, after it looked at the lock: the signal in between is missed", "Interleavings")]
public sealed class LockSleepsThroughTheSignal : LockContract
{
    protected override ILock NewLock() => new Twin();

    private sealed class Twin : FutexTwin
    {
        protected override bool Sleep(int seen, TimeSpan timeout) => Futex.Wait(ref Signals, Volatile.Read(ref Signals), timeout);
    }
}

[Broken("enters after a sleep as if nobody else slept: the second sleeper is never woken", "Interleavings")]
public sealed class LockForgetsTheSecondSleeper : LockContract
{
    protected override ILock NewLock() => new Twin();

    private sealed class Twin : FutexTwin
    {
        protected override bool Take() => TryEnter() || Interlocked.CompareExchange(ref State, HeldAndAwaited, Held) == Free;
    }
}

[Broken("frees the lock in two steps, a look for waiters and a store: who comes between the two sleeps on", "Interleavings")]
public sealed class LockLooksBeforeItFrees : LockContract
{
    protected override ILock NewLock() => new Twin();

    private sealed class Twin : FutexTwin
    {
        public override void Exit()
        {
            bool awaited = Volatile.Read(ref State) == HeldAndAwaited;
            Volatile.Write(ref State, Free);
            if (awaited) Signal();
        }
    }
}

[Broken("looks whether it is free and then takes it: two can look before either takes", "Interleavings")]
public sealed class LockTakenInTwoSteps : LockContract
{
    protected override ILock NewLock() => new Twin();

    private sealed class Twin : FutexTwin
    {
        public override bool TryEnter()
        {
            if (Volatile.Read(ref State) != Free) return false;
            Volatile.Write(ref State, Held);
            return true;
        }
    }
}
