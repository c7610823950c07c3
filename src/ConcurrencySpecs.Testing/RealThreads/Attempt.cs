using System.Diagnostics;
using ConcurrencySpecs.Linearizability;
using ConcurrencySpecs.Testing.Programs;

namespace ConcurrencySpecs.Testing.RealThreads;

/// <summary>One run of a program on a new object: who called what when, written by the lanes and read by the watcher.</summary>
internal sealed class Attempt : IDisposable
{
    // I1  a lane writes its slot before it raises _begun or _done (release), the watcher reads them in the opposite order (acquire)
    // I2  0 ≤ _begun[lane] − _done[lane] ≤ 1
    private readonly ConcurrentSpec _spec;
    private readonly bool[] _mayWait;
    private readonly Slot[][] _slots;
    private readonly int[] _begun;
    private readonly int[] _done;
    private readonly bool[] _over;
    private readonly CancellationTokenSource? _withdrawal;
    private readonly object _subject;
    private int _arrived;
    private bool _calledOff;
    private bool _withdrawn;
    private bool _returnedAfterWithdrawal;

    private struct Slot
    {
        public Command Command;
        public long Invoked;
        public long Returned;
        public object? Result;
        public CallStatus Status;
    }

    public Attempt(ConcurrentSpec spec, ParallelProgram program)
    {
        (_spec, Program) = (spec, program);
        int lanes = program.Lanes.Length;
        _mayWait = [.. spec.Shapes.Select(shape => shape.MayWait)];
        _slots = [.. program.Lanes.Select(lane => new Slot[lane.Commands.Length])];
        (_begun, _done, _over) = (new int[lanes], new int[lanes], new bool[lanes]);
        if (_mayWait.Contains(true)) _withdrawal = new();
        _subject = spec.NewSubjectObject();
    }

    public ParallelProgram Program { get; }

    /// <summary>It never began.</summary>
    public bool IsCalledOff => _calledOff;

    /// <summary>Every lane has ended.</summary>
    public bool IsOver => Array.TrueForAll(_over, static over => over);

    /// <summary>Grows with every beginning and end of a call.</summary>
    public long Progress => _begun.Sum(static count => (long)count) + _done.Sum(static count => (long)count) + _over.Count(static over => over);

    /// <summary>Every lane that has not ended is inside a call that may wait.</summary>
    public bool IsWaiting => !IsOver && Enumerable.Range(0, _over.Length).All(lane => Volatile.Read(ref _over[lane]) || InWaitingCall(lane));

    /// <summary>Lets all lanes begin at the same moment; false when the attempt was called off before that.</summary>
    public bool Meet()
    {
        Interlocked.Increment(ref _arrived);
        var spin = new SpinWait();
        while (Volatile.Read(ref _arrived) < _over.Length && !Volatile.Read(ref _calledOff)) spin.SpinOnce(sleep1Threshold: -1);
        return !Volatile.Read(ref _calledOff);
    }

    /// <summary>Lets nobody begin. Only while a lane is known not to have arrived, so that all lanes see it alike.</summary>
    public void CallOff() => Volatile.Write(ref _calledOff, true);

    /// <summary>Makes the calls of one lane.</summary>
    public void RunLane(int lane, ref Jitter jitter)
    {
        var commands = Program.Lanes[lane].Commands;
        for (int i = 0; i < commands.Length; i++)
        {
            jitter.Delay();
            if (!Make(lane, i, commands[i])) break;
        }

        Volatile.Write(ref _over[lane], true);
    }

    /// <summary>Makes the calls of the only lane; those that would have to wait, by the model, are left out.</summary>
    public void RunInOrder()
    {
        Model<object> model = _spec.Model;
        List<object> states = [model.Initial];
        int next = 0;
        foreach (Command command in Program.Lanes[0].Commands)
        {
            var asked = new Call(0, _spec.Shapes[command.Operation].Name, command.Argument, null, 0, long.MaxValue, CallStatus.Pending);
            if (states.Any(state => model.Next(state, asked).Count == 0)) continue;
            if (!Make(0, next, command)) break;
            Call made = CallOf(0, next++);
            states = [.. states.SelectMany(state => model.Next(state, made)).Distinct()];
            if (states.Count == 0) break;
        }

        Volatile.Write(ref _over[0], true);
    }

    /// <summary>Cancels the calls that wait.</summary>
    public void Withdraw()
    {
        if (_withdrawn) return;
        Volatile.Write(ref _withdrawn, true);
        _withdrawal!.Cancel();
    }

    /// <summary>What has been recorded so far; calls under way count as blocked where they may wait, else as pending.</summary>
    public History SoFar() => new(Recorded());

    /// <summary>What was recorded, with the last look at the object. Only once the attempt is over.</summary>
    public History Final()
    {
        List<Call> calls = [.. Recorded()];
        long end = calls.Count == 0 ? 0 : calls.Max(call => call.Returned) + 1;
        if (Observe(end) is { } look) calls.Add(look);
        return new(calls);
    }

    /// <summary>Only once the attempt is over.</summary>
    public void Dispose()
    {
        (_subject as IDisposable)?.Dispose();
        _withdrawal?.Dispose();
    }

    private Call? Observe(long time)
    {
        try
        {
            return _spec.Observe(_subject, Call.LastLook, time);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return new(Call.LastLook, "the last look", null, Threw.From(exception), time, time + 1);
        }
    }

    private bool InWaitingCall(int lane)
    {
        int done = Volatile.Read(ref _done[lane]);
        return Volatile.Read(ref _begun[lane]) > done && _mayWait[_slots[lane][done].Command.Operation];
    }

    /// <summary>False when the call was withdrawn: the lane ends there.</summary>
    private bool Make(int lane, int index, Command command)
    {
        ref Slot slot = ref _slots[lane][index];
        CancellationToken withdrawn = _withdrawal?.Token ?? CancellationToken.None;
        slot.Command = command;
        slot.Invoked = Stopwatch.GetTimestamp();
        Volatile.Write(ref _begun[lane], index + 1);
        Interlocked.MemoryBarrier();    // full: no load of the call before the stamp of its beginning
        try
        {
            slot.Result = _spec.Invoke(_subject, command.Operation, command.Argument, withdrawn);
        }
        catch (OperationCanceledException) when (_mayWait[command.Operation] && withdrawn.IsCancellationRequested)
        {
            slot.Status = CallStatus.Blocked;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            slot.Result = Threw.From(exception);
        }

        Interlocked.MemoryBarrier();    // full: a call has returned once all its stores can be seen
        slot.Returned = Stopwatch.GetTimestamp();
        if (slot.Status == CallStatus.Completed && Volatile.Read(ref _withdrawn)) Volatile.Write(ref _returnedAfterWithdrawal, true);
        Volatile.Write(ref _done[lane], index + 1);
        return slot.Status == CallStatus.Completed;
    }

    private IEnumerable<Call> Recorded()
    {
        for (int lane = 0; lane < _slots.Length; lane++)
        {
            int done = Volatile.Read(ref _done[lane]);
            int begun = Volatile.Read(ref _begun[lane]);
            for (int i = 0; i < begun; i++)
            {
                Call call = i < done ? CallOf(lane, i) : UnderWay(lane, i);
                // A call that came back while others were being withdrawn may have made room for them: then they prove nothing, and had no effect.
                if (call.Status == CallStatus.Blocked && Volatile.Read(ref _returnedAfterWithdrawal)) continue;
                yield return call;
            }
        }
    }

    private Call CallOf(int lane, int index)
    {
        Slot slot = _slots[lane][index];
        return new(lane, _spec.Shapes[slot.Command.Operation].Name, slot.Command.Argument, slot.Result, slot.Invoked, slot.Returned, slot.Status);
    }

    private Call UnderWay(int lane, int index)
    {
        Slot slot = _slots[lane][index];
        CallStatus status = _mayWait[slot.Command.Operation] ? CallStatus.Blocked : CallStatus.Pending;
        return new(lane, _spec.Shapes[slot.Command.Operation].Name, slot.Command.Argument, null, slot.Invoked, long.MaxValue, status);
    }
}
