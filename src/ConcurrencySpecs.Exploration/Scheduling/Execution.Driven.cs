namespace ConcurrencySpecs.Exploration.Scheduling;

// Under a backend that drives: it decides who goes next, and every logical thread has an operating-system thread of its own. Steps, choices and
// their numbers are the same as elsewhere, so that a schedule that a driver found is simplified, told and replayed by the explorer itself.
internal sealed partial class Execution
{
    private readonly DrivingBackend? _driver;
    private ulong _offered;                    // who may go next
    private volatile bool _letGo;              // the driver has ended the execution: threads leave one by one, over the explorer's own gates

    private void Drive(LogicalThread main)
    {
        (_offered, _letGo) = (1, false);
        main.Carrier = new Carrier(this, Backend);
        _driver!.Run(() => RunDriven(main));
    }

    private void StartDriven(LogicalThread thread)
    {
        if (_aborting)
        {
            Finish(thread);                    // spawned on the way out: it never starts
            return;
        }
        thread.Carrier = new Carrier(this, Backend);
        _driver!.Start(thread.Id, () => RunDriven(thread));
    }

    private bool MayGo(int thread) => _aborting || (_offered >> thread & 1) != 0;

    /// <summary>A thread from its beginning to its end.</summary>
    private void RunDriven(LogicalThread thread)
    {
        thread.Carrier!.Adopt();
        try
        {
            if (thread.Id != 0) Start(thread);
            Guard(thread);
            if (!_aborting) TakeEnd(thread);
        }
        catch (ExecutionAbortedException) when (_aborting)
        {
            thread.Pending.Blocks = false;     // it has left, as it was told
        }
        Leave(thread, thread.Carrier);
    }

    private void Start(LogicalThread thread)
    {
        Arrive(thread, _driver!.Begin(thread.Id));
        if (_aborting) Unwind(thread);
        Take(thread);
    }

    private void TakeEnd(LogicalThread thread)
    {
        if (thread.GoesRound) LeaveLoop(thread);
        thread.Pending = EndOf(thread);
        Steps++;
        PassTurn(thread);
        if (_aborting) Unwind(thread);
        Take(thread);
    }

    private void Leave(LogicalThread thread, Carrier carrier)
    {
        Finish(thread);
        Offer();
        if (_letGo) NextToUnwind()?.Carrier!.Gate.Open();
        _driver!.Leave(thread.Id);
        carrier.Gate.Dispose();
    }

    private void PassTurn(LogicalThread me)
    {
        me.Stutter.Pause(_versions);
        Offer();
        if (!_aborting) Arrive(me, _driver!.Turn(me.Id));
    }

    private void Offer()
    {
        if (_aborting) return;
        _offered = Candidates(out _);
        if (_offered == 0) _ = Stall();
    }

    /// <summary>It is this thread's turn: its driver's, or, when the driver has let go, the one that whoever left before it passes on.</summary>
    private void Arrive(LogicalThread me, bool driven)
    {
        if (!driven) me.Carrier!.Gate.Pass();
        LogicalThread last = Running;
        if (!_aborting && me.Id != Strategy.Stay(last.Id, _offered)) Deviate(last, me.Id);
        if (last != me) Switches++;
        Running = me;
    }

    private void LetGo()
    {
        Fail(new Verdict(Outcome.StepBound, $"{Backend.Name} ended this execution by itself: what would have followed is unknown.", null, Running.Id));
        Stop();
        _letGo = true;
        NextToUnwind()?.Carrier!.Gate.Open();
    }

    /// <summary>The thread catches whatever it is told: its operating-system thread is left behind, asleep.</summary>
    private void StrandDriven(LogicalThread me)
    {
        Carrier lost = me.Carrier!;
        Leave(me, new Carrier(this, Backend)); // the gate of the lost thread stays: it sleeps there for good
        while (true) lost.Gate.Pass();
    }
}
