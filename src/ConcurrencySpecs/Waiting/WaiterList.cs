using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace ConcurrencySpecs.Waiting;

/// <summary>Those who wait for the same thing, in arrival order, under the gate of the object they wait at.</summary>
/// <remarks>
/// Settling decides a wait and happens under the gate; waking tells the waiter and happens outside it.
/// Between the two the decision stands already: nobody can withdraw a settled waiter.
/// </remarks>
internal sealed class WaiterList<T>(Lock gate)
{
    // I1  a waiter is linked here exactly while its state is Waiting
    private Waiter<T>? _first;
    private Waiter<T>? _last;

    /// <summary>Under the gate: who has waited longest.</summary>
    public Waiter<T>? First => _first;

    /// <summary>Under the gate.</summary>
    public void Add(Waiter<T> waiter)
    {
        Debug.Assert(gate.IsHeldByCurrentThread && waiter.State == WaitState.Waiting, "I1");
        waiter.Previous = _last;
        if (_last is null) _first = waiter;
        else _last.Next = waiter;
        _last = waiter;
    }

    /// <summary>Under the gate: grants the wish of the first waiter, if there is one, who is to be woken once the gate is open.</summary>
    public bool TryGrantFirst([NotNullWhen(true)] out Waiter<T>? first)
    {
        first = _first;
        if (first is null) return false;
        Settle(first, WaitState.Granted);
        return true;
    }

    /// <summary>Under the gate: settles everybody and adds them to <paramref name="settled"/>, to be woken once the gate is open.</summary>
    public void SettleAll(WaitState state, List<Waiter<T>> settled)
    {
        while (_first is { } first)
        {
            Settle(first, state);
            settled.Add(first);
        }
    }

    /// <summary>Ends a wait from the waiter's side, unless it has been settled before.</summary>
    /// <returns>False when the earlier decision stands.</returns>
    public bool Withdraw(Waiter<T> waiter, WaitState reason)
    {
        lock (gate)
        {
            if (waiter.State != WaitState.Waiting) return false;
            Settle(waiter, reason);
        }

        waiter.Wake();
        return true;
    }

    private void Settle(Waiter<T> waiter, WaitState state)
    {
        Debug.Assert(gate.IsHeldByCurrentThread && waiter.State == WaitState.Waiting, "I1");
        if (waiter.Previous is null) _first = waiter.Next;
        else waiter.Previous.Next = waiter.Next;
        if (waiter.Next is null) _last = waiter.Previous;
        else waiter.Next.Previous = waiter.Previous;
        waiter.Previous = waiter.Next = null;
        waiter.State = state;
    }
}
