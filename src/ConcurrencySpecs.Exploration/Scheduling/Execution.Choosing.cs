using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using ConcurrencySpecs.Exploration.Explanation;

namespace ConcurrencySpecs.Exploration.Scheduling;

// Announce, be chosen, take effect.
internal sealed partial class Execution
{
    private void Announce(LogicalThread me)
    {
        if (_aborting)
        {
            if (!Lost && CleansUp(me)) return;
            Unwind(me);
        }
        if (me.Steps >= me.LastStep) End(me);
        if (++Steps > MaxSteps) TooLong(me);
        _turns = 0;
        ref Step pending = ref me.Pending;
        if (me.Wrote) Begin(me);
        else NoteVisit(me);
        if (me.GoesRound && !pending.Stutters) LeaveLoop(me);
        if (pending.Stutters && GoesOnAlone(me))
        {
            TakeUnseen(me);
            return;
        }

        if (_driver is not null) PassTurn(me);
        else Pass(me, Choose(me));
        Go(me);
    }

    /// <summary>Lets the chosen thread go, and waits for the next turn.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Pass(LogicalThread me, LogicalThread? next)
    {
        if (next == me) return;
        me.Stutter.Pause(_versions);
        HandOver(me, next);
    }

    /// <summary>It is this thread's turn: its announced step is taken.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Go(LogicalThread me)
    {
        if (_aborting) Unwind(me);
        ref Step pending = ref me.Pending;
        me.GoesRound = pending.Stutters && me.Stutter.Waits(_versions, VersionOf(pending));
        Site = pending.Site;                   // a twin's next step stands on the same line
        Take(me);
    }

    /// <summary>A thread goes no further: the step that it has announced is never taken.</summary>
    private void End(LogicalThread me)
    {
        me.LastStep = int.MaxValue;            // what it does instead has steps of its own
        _ready |= me.Bit;
        _blocking &= ~me.Bit;
        _admitted &= ~me.Bit;
        me.Pending = default;
        me.AtEnd!();
    }

    private void Take(LogicalThread me)
    {
        ref Step pending = ref me.Pending;
        me.Steps++;
        if (pending.Stutters) _stuttering &= ~me.Bit;
        Change(me);
        Recorder?.Taken(this, me);
    }

    private void Change(LogicalThread me)
    {
        ref Step pending = ref me.Pending;
        if (pending.On is not null) TakeObject(me, pending.On, pending.Access);
        else if (pending.Access == Access.Write) Write(me);
        if (Races is not null) CheckRace(me);
    }

    private void Write(LogicalThread me)
    {
        _versions[me.Pending.Resource]++;
        _changes++;
        me.Wrote = true;
    }

    private void TakeObject(LogicalThread me, SyncObject on, Access access)
    {
        if (on.Time > me.Clock) me.Clock = on.Time;
        if (access != Access.Write) return;
        _touched = true;
        if (on.Writer != me.Id && me.Stutter.Repeats < EqualRounds)
        {
            (on.Writer, on.Changes) = (me.Id, on.Changes + 1);
            me.Stutter.Changed(on);
        }
        if (on.Time < me.Clock) on.Time = me.Clock;
    }

    private void CheckRace(LogicalThread me)
    {
        if (Races!.Taken(this, me) is not { } race) return;
        Fail(race);
        if (!StopAtFailure) return;
        Stop();
        Unwind(me);
    }

    /// <summary>Who goes next, already set as <see cref="Running"/>; null when no thread is left.</summary>
    private LogicalThread? Choose(LogicalThread current)
    {
        if (_aborting) return NextToUnwind();
        ulong candidates = Candidates(out ulong enabled);
        if (candidates == 0) return Stall() ? NextToUnwind() : null;
        return Follow(current, _strategy.Choose(this, current.Id, candidates, enabled), candidates);
    }

    /// <summary>Who goes next after the strategy's choice, which may be a step for which no code has to run.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private LogicalThread? Follow(LogicalThread current, int chosen, ulong candidates)
    {
        if (chosen != current.Id)
        {
            if (chosen < 0) return GiveUp(new Verdict(Outcome.Abandoned, "repeats an execution that was seen"));
            if (chosen != Strategy.Stay(current.Id, candidates)) Deviate(current, chosen);
            current = Running = _threads[chosen]!;
        }
        else if ((candidates >> chosen & 1) == 0) Deviate(current, chosen);     // on, though it is passed over
        if ((_scripted & current.Bit) == 0) return current;
        Perform(current);
        return Choose(current);
    }

    /// <summary>Who may be chosen next; 0 when nobody.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ulong Candidates(out ulong enabled)
    {
        if (_touched) Reassess();
        enabled = _ready | _admitted;
        if (_stuttering == 0) return enabled;
        ulong awake = Awake(enabled);
        return awake != 0 ? awake : MostPatient(enabled);
    }

    private void Deviate(LogicalThread current, int chosen)
    {
        if (_deviated == _deviations.Length) Array.Resize(ref _deviations, _deviated * 2);
        _deviations[_deviated++] = new Deviation(current.Id, current.Steps, chosen);
    }

    /// <summary>The schedule of the last execution, or of the running one so far.</summary>
    public Schedule Schedule() => new(_deviations[.._deviated], Numbers.Parents()) { Draws = [.. _draws] };

    private void Reassess()
    {
        _touched = false;
        ulong admitted = 0;
        for (ulong left = _blocking; left != 0; left &= left - 1)
        {
            LogicalThread thread = _threads[BitOperations.TrailingZeroCount(left)]!;
            ref Step step = ref thread.Pending;
            if (step.On!.Admits(step.On.State, thread.Id, step.Demand)) admitted |= thread.Bit;
        }
        _admitted = admitted;
    }

    /// <summary>No thread may go on: the program is over, or stuck. True when threads are left that have to be told to leave.</summary>
    private bool Stall()
    {
        ulong waiting = 0;
        for (ulong left = _live; left != 0; left &= left - 1)
        {
            LogicalThread thread = _threads[BitOperations.TrailingZeroCount(left)]!;
            if (!thread.Finished && !thread.Background) waiting |= thread.Bit;
        }
        if (waiting == 0)
        {
            if ((_ready | _blocking) == 0) return false;
            Stop();
            return true;
        }
        bool spins = (_stuttering & (_ready | _admitted) & waiting) != 0;
        bool body = (waiting & 1) != 0;
        if (!body || spins || !MayEndWaiting()) Fail(Stalled(waiting, spins, body));
        Stop();
        return true;
    }

    private Verdict Stalled(ulong waiting, bool spins, bool body)
    {
        int first = BitOperations.TrailingZeroCount(waiting);
        string s = BitOperations.IsPow2(waiting) ? "s" : "";
        return spins
            ? new Verdict(Outcome.Livelock, $"Livelock: {Names(waiting)} run{s} round and round and nothing changes any more.", null, first)
            : body
                ? new Verdict(Outcome.Deadlock, $"Deadlock: {Names(waiting)} wait{s} for what no thread can bring about any more.", null, first)
                : new Verdict(Outcome.Leak, $"Leaked thread: the body has ended, {Names(waiting)} never will.", null, first);
    }

    private bool MayEndWaiting()
    {
        if (WhenStuck is not { } mayEnd) return false;
        using (Outside()) return mayEnd();
    }

    private string Names(ulong threads)
    {
        var names = new List<string>();
        for (ulong left = threads; left != 0; left &= left - 1) names.Add(_threads[BitOperations.TrailingZeroCount(left)]!.Label);
        return names.Count == 1 ? names[0] : string.Join(", ", names.Take(names.Count - 1)) + " and " + names[^1];
    }

    private LogicalThread? GiveUp(Verdict verdict)
    {
        Fail(verdict);
        Stop();
        return NextToUnwind();
    }

    private void Fail(Verdict verdict)
    {
        if (!Verdict.Failed) Verdict = verdict;
    }

    /// <summary>Ends the execution with a failure of the running thread, from a twin or a hook. Does not return.</summary>
    public void Refuse(Verdict verdict)
    {
        Fail(verdict);
        Stop();
        Unwind(Running);
    }

    /// <summary>The running thread begins the next round of a loop, which is no step.</summary>
    public void Turn(int site)
    {
        if (++_turns > MaxTurns) GoesRoundForEver(site);
    }

    private void GoesRoundForEver(int site)
    {
        LogicalThread me = Running;
        if (_aborting) Unwind(me);
        string times = MaxTurns.ToString("N0", CultureInfo.InvariantCulture);
        Refuse(new Verdict(Outcome.Endless, $"Endless loop: {me.Label} took no step in {times} rounds, the last of them at {Hooks.SiteTable.Place(site)}. "
            + "Should it be a long computation, raise ExplorationOptions.Turns.", null, me.Id));
    }

    private void TooLong(LogicalThread me)
    {
        Fail(new Verdict(Outcome.StepBound, $"This execution has taken {MaxSteps} steps and was cut off: "
            + "raise the bound, or make the case smaller.", null, me.Id));
        Stop();
        Unwind(me);
    }
}
