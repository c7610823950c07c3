using System.Diagnostics.CodeAnalysis;
using System.Numerics;

namespace ConcurrencySpecs.Exploration.Scheduling;

// Which operating-system thread runs which logical thread.
internal sealed partial class Execution
{
    private const int DeepestGuest = 8;
    private const int PatienceWithCatchAll = 1000;

    private readonly Carrier _host;
    private readonly Stack<Carrier> _idle = new();
    private readonly List<Carrier> _workers = [];
    private readonly ManualResetEventSlim _done = new();
    private Action? _job;
    private Exception? _jobFailure;
    private volatile bool _closing;
    private int _guests;

    /// <summary>Runs one execution of <paramref name="body"/>, on the host only. Its end is in <see cref="Verdict"/>.</summary>
    public void RunOnce(Action body, Strategy strategy)
    {
        _strategy = strategy;
        _run = Interlocked.Increment(ref _runs);
        _locations.Clear();
        _objects.Clear();
        _draws.Clear();
        (_nextResource, _deviated) = (1, 0);
        (_live, _ready, _blocking, _admitted, _stuttering, _scripted) = (1, 1, 0, 0, 0, 0);
        (_touched, _aborting, Steps, Site, _guests, _changes, _turns) = (false, false, 0, 0, 0, 0, 0);
        _watched = _driver is not null || Recorder is not null || Races is not null;
        (Verdict, LacksNumbers) = (Verdict.Passed, false);
        LogicalThread main = _threads[0] ??= new LogicalThread(0);
        main.Begin(null, body);
        main.Carrier = _host;
        Running = main;
        Races?.Begin(this);
        Recorder?.Begin();

        InBody = true;
        if (_driver is not null) Drive(main);
        else RunAll(main);
        InBody = false;
        Recorder?.Complete();
    }

    private void RunAll(LogicalThread main)
    {
        LogicalThread? next = Run(main);
        while (next is not null)
        {
            if (next.Carrier is null) next = Run(next, _host);
            else
            {
                next.Carrier.Gate.Open();
                _host.Gate.Pass();             // opened by whoever finishes last
                break;
            }
        }
    }

    /// <summary>Asked, outside, when every thread waits for what no thread can bring about: true when that is a right way to end.</summary>
    public Func<bool>? WhenStuck { get; set; }

    /// <summary>Whether the code under test is running, for the watchdog.</summary>
    public bool InBody { get; private set; }

    private ulong Unfinished()
    {
        ulong unfinished = 0;
        for (ulong left = _live; left != 0; left &= left - 1)
        {
            int id = BitOperations.TrailingZeroCount(left);
            if (!_threads[id]!.Finished) unfinished |= 1ul << id;
        }
        return unfinished;
    }

    private LogicalThread? Run(LogicalThread thread, Carrier carrier)
    {
        thread.Carrier = carrier;
        return Run(thread);
    }

    /// <summary>Runs a thread from its beginning to its end on the calling stack; returns who goes next.</summary>
    private LogicalThread? Run(LogicalThread thread)
    {
        try
        {
            if (thread.Id != 0) Take(thread);
            Guard(thread);
        }
        catch (ExecutionAbortedException) when (_aborting)
        {
            thread.Pending.Blocks = false;     // it has left, as it was told
        }
        if (_aborting) Finish(thread);
        else Leave(thread);
        return Choose(thread);
    }

    private void Guard(LogicalThread thread)
    {
        try
        {
            thread.Body!();
        }
        catch (Exception thrown) when (thrown is not ExecutionAbortedException)
        {
            if (_aborting) return;             // the verdict stands: this comes from a finally or a catch on the way out
            Fail(new Verdict(Outcome.Threw, $"{thread.Label} threw {thrown.GetType().Name}: {thrown.Message}", thrown, thread.Id));
            if (StopAtFailure) Stop();
        }
    }

    private void Finish(LogicalThread thread)
    {
        thread.Finished = true;
        _scripted &= ~thread.Bit;
        _ready &= ~thread.Bit;
        _blocking &= ~thread.Bit;
        _admitted &= ~thread.Bit;
        _stuttering &= ~thread.Bit;
    }

    private void HandOver(LogicalThread me, LogicalThread? next)
    {
        if (next!.Carrier is not null)
        {
            Switches++;
            next.Carrier.Gate.Open();
        }
        else if (me.Awaits(next) && _guests < DeepestGuest)
        {
            if (Host(me, next)) return;
        }
        else Dispatch(next);
        me.Carrier!.Gate.Pass();
    }

    /// <summary>Runs threads that we wait for on top of our own stack: no switch. True when it is our turn afterwards.</summary>
    private bool Host(LogicalThread me, LogicalThread guest)
    {
        LogicalThread? next = guest;
        _guests++;
        while (next is { Carrier: null } && me.Awaits(next))
        {
            me.Guest = next;
            next = Run(next, me.Carrier!);
            me.Guest = null;
        }
        _guests--;
        if (next == me) return true;
        if (next!.Carrier is null) Dispatch(next);
        else
        {
            Switches++;
            next.Carrier.Gate.Open();
        }
        return false;
    }

    private void Dispatch(LogicalThread next)
    {
        Switches++;
        if (!_idle.TryPop(out Carrier? carrier))
        {
            carrier = new Carrier(this, WorkerLoop, $"explorer worker {_workers.Count + 1}", Backend);
            _workers.Add(carrier);
        }
        carrier.Next = next;
        carrier.Gate.Open();
    }

    private void WorkerLoop(Carrier self)
    {
        for (; ; )
        {
            self.Gate.Pass();
            if (_closing) return;
            LogicalThread? next = self.Next;
            while (next is { Carrier: null }) next = Run(next, self);
            _idle.Push(self);                  // before the turn is passed on: the next owner may need us
            (next?.Carrier ?? _host).Gate.Open();
        }
    }

    /// <summary>The schedule is over: every thread that takes a step now is told to leave.</summary>
    public bool IsEnding => _aborting;

    /// <summary>Ends the execution: every thread that has started is woken once more, to leave.</summary>
    private void Stop()
    {
        if (_aborting) return;
        _strategy.Stopping(this);
        Recorder?.Stopping(this);
        _aborting = true;
    }

    [DoesNotReturn]
    private void Unwind(LogicalThread me)
    {
        while (Lost) me.Carrier!.Gate.Pass();
        if (!HasLeftMore(me) && ++me.Throws > PatienceWithCatchAll) Strand(me);
        throw ExecutionAbortedException.Instance;
    }

    /// <summary>The thread catches whatever it is told: its operating-system thread is left behind, asleep.</summary>
    private void Strand(LogicalThread me)
    {
        if (_driver is not null) StrandDriven(me);
        Carrier lost = me.Carrier!;
        if (lost == _host) AbandonHost(me);
        _workers.Remove(lost);
        for (ulong left = _live; left != 0; left &= left - 1)
        {
            LogicalThread thread = _threads[BitOperations.TrailingZeroCount(left)]!;
            if (thread.Carrier == lost) Finish(thread);
        }
        LogicalThread? next = NextToUnwind();
        (next?.Carrier ?? _host).Gate.Open();
        while (true) lost.Gate.Pass();
    }

    /// <summary>The same on the host: the whole explorer is left behind.</summary>
    private void AbandonHost(LogicalThread me)
    {
        Verdict = new Verdict(Outcome.Stuck, $"Stuck: {me.Label} catches every exception in an endless loop, also the one that ends it.", null, me.Id);
        Lost = true;
        InBody = false;
        _done.Set();
        while (true) _host.Gate.Pass();
    }

    private LogicalThread? NextToUnwind()
    {
        for (ulong left = Unfinished(); left != 0;)
        {
            int id = 63 - BitOperations.LeadingZeroCount(left);
            left &= ~(1ul << id);
            LogicalThread thread = _threads[id]!;
            while (thread.Guest is { Finished: false, Carrier: not null } guest) thread = guest;     // the top of a stack goes first
            if (thread.Carrier is not null) return Running = thread;
            Finish(thread);                                                       // it never started
        }
        return null;
    }
}
