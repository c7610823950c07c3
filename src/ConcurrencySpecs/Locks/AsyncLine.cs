using System.Diagnostics;

namespace ConcurrencySpecs.Locks;

/// <summary>Those who wait for a lock without holding a thread, in arrival order, and the waiters kept for those to come.</summary>
/// <param name="reconsider">Called under the gate after somebody has given up: those who may enter now, out of the line, linked by Next.</param>
/// <typeparam name="TScope">What holds the lock.</typeparam>
internal sealed class AsyncLine<TScope>(Func<AsyncWaiter<TScope>?> reconsider) where TScope : struct
{
    // I1  a waiter is linked here exactly while its InLine is set; all of that changes under the gate
    // I2  spare waiters form a stack, taken under the gate and returned by exchange: what was read there cannot have gone and come again
    private AsyncWaiter<TScope>? _last;
    private AsyncWaiter<TScope>? _spare;

    /// <summary>Guards the line, and what the lock says about it.</summary>
    public Lock Gate { get; } = new();

    /// <summary>Under the gate: who has waited longest.</summary>
    public AsyncWaiter<TScope>? First { get; private set; }

    /// <summary>Under the gate: a waiter at the end of the line. Outside, have it watch the limit and hand out its task.</summary>
    public AsyncWaiter<TScope> Add()
    {
        AsyncWaiter<TScope> waiter = TakeSpare() ?? new AsyncWaiter<TScope>(this);
        waiter.InLine = true;
        waiter.Previous = _last;
        if (_last is null) First = waiter;
        else _last.Next = waiter;
        _last = waiter;
        return waiter;
    }

    /// <summary>Under the gate: takes a waiter out, whom the caller settles once the gate is open.</summary>
    public void Remove(AsyncWaiter<TScope> waiter)
    {
        if (waiter.Previous is null) First = waiter.Next;
        else waiter.Previous.Next = waiter.Next;
        if (waiter.Next is null) _last = waiter.Previous;
        else waiter.Next.Previous = waiter.Previous;
        waiter.Previous = waiter.Next = null;
        waiter.InLine = false;
        Debug.Assert((First is null) == (_last is null), "I1");
    }

    /// <summary>Ends a wait from the waiter's side, unless it has been settled before.</summary>
    public void Withdraw(AsyncWaiter<TScope> waiter, CancellationToken? cancelled)
    {
        AsyncWaiter<TScope>? granted;
        lock (Gate)
        {
            if (!waiter.InLine) return;
            Remove(waiter);
            granted = reconsider();
        }

        waiter.GiveUp(cancelled);
        SettleAll(granted);
    }

    /// <summary>Outside the gate: lets those go on who were taken out, linked by Next.</summary>
    public static void SettleAll(AsyncWaiter<TScope>? first)
    {
        while (first is not null)
        {
            AsyncWaiter<TScope> waiter = first;
            first = waiter.Next;        // before it is settled: its next wait may come at once
            waiter.Next = null;
            waiter.Settle();
        }
    }

    /// <summary>Takes a waiter back after its wait is over and nobody knows it any more.</summary>
    public void Keep(AsyncWaiter<TScope> waiter)
    {
        for (AsyncWaiter<TScope>? top = Volatile.Read(ref _spare); ;)
        {
            waiter.Next = top;
            AsyncWaiter<TScope>? found = Interlocked.CompareExchange(ref _spare, waiter, top);      // release → [spare]
            if (found == top) return;
            top = found;
        }
    }

    private AsyncWaiter<TScope>? TakeSpare()
    {
        for (AsyncWaiter<TScope>? top = Volatile.Read(ref _spare); top is not null;)                // acquire ← [spare]
        {
            AsyncWaiter<TScope>? found = Interlocked.CompareExchange(ref _spare, top.Next, top);
            if (found == top)
            {
                top.Next = null;
                return top;
            }

            top = found;
        }

        return null;
    }
}
