using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace ConcurrencySpecs.Signals;

/// <summary>The owner of all dispositions: one loop that takes signals and orders in the order of their arrival, and owns all state.</summary>
/// <remarks>
/// Whoever registers, disposes or raises writes an order behind the signals that have arrived and waits until the loop has come to it.
/// So there is no lock, a signal is given to the handler that was in force when it arrived, and a handler has ended when its registration is gone.
/// </remarks>
internal sealed class SignalHub
{
    // I1  _stacks is used by the loop only
    // I2  the system does with a signal what the newest registration says, and what it did before where there is none; unless somebody else has
    //     replaced our action: that one stays in force
    // I3  a note without a registration came while the last one went: it is passed on, and what is in force now gets it
    private const int NotesAtOnce = 256;
    private readonly Dictionary<Signal, List<SignalRegistration>> _stacks = [];
    private readonly ConcurrentQueue<Order> _orders = new();
    private readonly ISignalPort _port;
    private readonly Action<SignalHandlerFailure> _report;
    private readonly Thread _loop;

    public SignalHub(ISignalPort port, Action<SignalHandlerFailure> report)
    {
        (_port, _report) = (port, report);
        _loop = new Thread(Loop) { IsBackground = true, Name = "signals" };
        _loop.Start();
    }

    private bool IsInHandler => Thread.CurrentThread == _loop;

    public SignalRegistration Register(Signal signal, Disposition disposition, Action<SignalInfo>? handler)
    {
        ReservedSignals.ThrowIfReserved(signal);
        var registration = new SignalRegistration(this, signal, disposition, handler);
        Do(() => Push(registration));
        return registration;
    }

    public void Unregister(SignalRegistration registration) => Do(() => Pop(registration));

    public bool IsRegistered(Signal signal)
    {
        bool found = false;
        Do(() => found = _stacks.ContainsKey(signal));
        return found;
    }

    public RaiseResult Raise(Signal signal)
    {
        if (IsInHandler)
        {
            _port.Send(signal);
            return RaiseResult.Queued;
        }

        _port.Raise(signal);
        Do(() => { });              // behind the signal: once the loop is here, its handler has returned
        return RaiseResult.Completed;
    }

    private void Do(Action work)
    {
        if (IsInHandler)
        {
            work();
            return;
        }

        using var order = new Order(work);
        _orders.Enqueue(order);     // release → [order]; an order's note never precedes it here, whichever of two notes comes first
        _port.WriteOrder();
        order.Await();
    }

    private void Loop()
    {
        var notes = new SignalNote[NotesAtOnce];
        for (int count = _port.Receive(notes); count > 0; count = _port.Receive(notes))
        {
            foreach (SignalNote note in notes.AsSpan(0, count))
            {
                for (int more = note.IsOrder ? -1 : note.More; more >= 0; more--) Deliver(note.Info);
                if (note.IsOrder && _orders.TryDequeue(out Order? order)) order.Carry();       // acquire ← [order]
            }
        }
    }

    private void Deliver(SignalInfo info)
    {
        SignalRegistration? newest = _stacks.TryGetValue(info.Signal, out List<SignalRegistration>? stack) ? stack[^1] : null;
        if (newest is { Handler: null }) BringBack(newest);         // who had replaced ours may have gone, and left an older action of ours behind
        if (newest is null or { Disposition: Disposition.Default }) _port.PassOn(info.Signal);      // I3
        else if (newest.Handler is { } handler) Call(handler, info);
    }

    private void Call(Action<SignalInfo> handler, SignalInfo info)
    {
        try
        {
            handler(info);
        }
        catch (Exception exception)
        {
            _report(new(info, exception));
        }
    }

    private void Push(SignalRegistration added)
    {
        if (_port.OtherOwner(added.Signal) is { } other) throw new SignalRefusedException(added.Signal, other);
        List<SignalRegistration> stack = _stacks.TryGetValue(added.Signal, out List<SignalRegistration>? found) ? found : [];
        if (added.Handler is { } handler && stack.Exists(one => one.Handler == handler))
            throw new SignalRefusedException(added.Signal, "this handler is registered for it already. Dispose that registration first.");
        _port.Apply(added.Signal, added.Disposition);
        stack.Add(added);
        _stacks[added.Signal] = stack;
        Debug.Assert(stack[^1] == added, "I2");
    }

    private void Pop(SignalRegistration removed)
    {
        if (!_stacks.TryGetValue(removed.Signal, out List<SignalRegistration>? stack) || !stack.Contains(removed)) return;
        if (stack[^1] != removed)
            throw new InvalidOperationException(
                $"{removed.Signal} has {stack.Count - 1 - stack.IndexOf(removed)} newer registration(s) than this one. "
                + "Dispose the newest first, as nested `using` blocks do.");
        stack.RemoveAt(stack.Count - 1);
        if (stack.Count == 0) _stacks.Remove(removed.Signal);
        if (stack.Count == 0) _port.Restore(removed.Signal);
        else BringBack(stack[^1]);
    }

    private void BringBack(SignalRegistration newest)
    {
        if (_port.OtherOwner(newest.Signal) is null) _port.Apply(newest.Signal, newest.Disposition);        // I2
    }

    /// <summary>Work for the loop, and whoever waits for it.</summary>
    private sealed class Order(Action work) : IDisposable
    {
        private readonly ManualResetEventSlim _done = new();
        private ExceptionDispatchInfo? _failure;

        public void Carry()
        {
            try
            {
                work();
            }
            catch (Exception exception)
            {
                _failure = ExceptionDispatchInfo.Capture(exception);
            }

            _done.Set();            // release → [done]: the outcome precedes the signal
        }

        public void Await()
        {
            _done.Wait();           // acquire ← [done]
            _failure?.Throw();
        }

        public void Dispose() => _done.Dispose();
    }
}
