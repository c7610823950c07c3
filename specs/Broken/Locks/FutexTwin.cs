using ConcurrencySpecs.Locks;
using ConcurrencySpecs.Native;

namespace ConcurrencySpecs.Broken.Locks;

/// <summary>A lock on a futex, correct as it stands; each twin overrides one decision.</summary>
internal class FutexTwin : ILock
{
    protected const int Free = 0, Held = 1, HeldAndAwaited = 2;
    protected int State;
    protected int Signals;

    public bool IsHeldByCurrentThread => State != Free;

    public void Enter(CancellationToken cancel = default) => TryEnter(Timeout.InfiniteTimeSpan, cancel);

    public virtual bool TryEnter() => Interlocked.CompareExchange(ref State, Held, Free) == Free;

    public bool TryEnter(TimeSpan timeout, CancellationToken cancel = default)
    {
        if (TryEnter()) return true;
        for (bool mayWait = true; ;)
        {
            int seen = Volatile.Read(ref Signals);
            if (Take()) return true;
            if (!mayWait)
            {
                GiveUp();
                return false;
            }

            mayWait = Sleep(seen, timeout);
        }
    }

    public virtual void Exit()
    {
        if (Interlocked.Exchange(ref State, Free) == HeldAndAwaited) Signal();
    }

    /// <summary>Enters, or says that somebody waits.</summary>
    protected virtual bool Take() => Interlocked.Exchange(ref State, HeldAndAwaited) == Free;

    protected virtual bool Sleep(int seen, TimeSpan timeout) => Futex.Wait(ref Signals, seen, timeout);

    protected virtual void GiveUp()
    {
        if (Volatile.Read(ref State) == Free) Signal();
    }

    protected void Signal()
    {
        Interlocked.Increment(ref Signals);
        Futex.Wake(ref Signals, 1);
    }
}
