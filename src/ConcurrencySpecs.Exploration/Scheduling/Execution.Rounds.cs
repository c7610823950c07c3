using System.Numerics;

namespace ConcurrencySpecs.Exploration.Scheduling;

// Loops that wait for others: they need no annotation, and no schedule for every round.
//
// A round is equal to the one before when it looked at the same things at the same lines, none of them has changed, and the thread itself has
// changed nothing. A yield, a sleep or a fence looks at nothing: a round may have one that the others have not. What a lock guards may be
// invisible, so a look at an object is equal only if nobody else has changed the object in the meantime, even back and forth; rounds that are
// equal themselves do not count as changes. The first EqualRounds of them are steps like others. Then the thread goes on alone, in one go:
//   - it is still in the loop after RoundsBeforeMask: only a change can end the loop, and the thread is passed over until there is one;
//     to leave out its further rounds loses nothing, for they would see and do the same;
//   - it has left the loop by itself, by counting or by its clock: what others might have done in between was not tried (CutLoop).
// When all that could go on are passed over, each is given RoundsBeforeLivelock rounds; then it is a livelock.
internal sealed partial class Execution
{
    /// <summary>Equal rounds of a loop that are steps like others.</summary>
    public int EqualRounds { get; set; } = 3;

    /// <summary>Equal rounds after which a thread is passed over until something that it looks at changes.</summary>
    public int RoundsBeforeMask { get; set; } = 100;

    /// <summary>Equal rounds, with every other thread blocked or passed over, after which the execution is called a livelock.</summary>
    public int RoundsBeforeLivelock { get; set; } = 10_000;

    /// <summary>The line of a loop that ended by itself after rounds taken in one go, so that not every schedule is covered; −1 for none.</summary>
    public int CutLoop { get; set; } = -1;

    /// <summary>After a write of its own a thread has seen nothing yet.</summary>
    private static void Begin(LogicalThread me)
    {
        me.Wrote = false;
        me.Stutter.Clear();
        me.Pending.Stutters = false;
    }

    private void NoteVisit(LogicalThread me)
    {
        ref Step pending = ref me.Pending;
        long version = VersionOf(pending);
        int rounds = me.Stutter.Note(PlaceOf(pending.Site, pending.Kind), pending.Resource, version, pending.On, _versions, _changes);
        if (pending.On is null && pending.Resource != 0) Locate((nint)pending.Demand).Visited = me.Stutter.Stamp;
        bool again = rounds >= EqualRounds || (pending.Resource == 0 && me.GoesRound);
        pending.Stutters = again && me.Stutter.Waits(_versions, version);
        if (pending.Stutters) _stuttering |= me.Bit;
    }

    private static int PlaceOf(int site, StepKind kind) => site * 32 + (int)kind;      // a call may take several steps

    private long VersionOf(in Step step)
    {
        if (step.On is null) return step.Resource == 0 ? 0 : _versions[step.Resource];
        SyncState state = step.On.State;
        return state.Value * 31 + (long)state.Threads;
    }

    /// <summary>Whether the next equal round is taken without asking anybody.</summary>
    private bool GoesOnAlone(LogicalThread me)
    {
        int rounds = me.Stutter.Rounds;
        if (_touched) Reassess();
        ulong enabled = _ready | _admitted;
        if ((enabled & me.Bit) == 0) return false;
        return rounds < RoundsBeforeMask || (rounds < RoundsBeforeLivelock && Awake(enabled & ~me.Bit) == 0);
    }

    private void TakeUnseen(LogicalThread me)
    {
        me.GoesRound = true;
        _stuttering &= ~me.Bit;
        Site = me.Pending.Site;
        Recorder?.Taken(this, me);
        Change(me);
    }

    private void LeaveLoop(LogicalThread me)
    {
        me.GoesRound = false;
        CutLoop = me.Pending.Site;
    }

    /// <summary>The enabled threads without those that wait in a loop.</summary>
    private ulong Awake(ulong enabled)
    {
        ulong awake = enabled;
        for (ulong left = enabled & _stuttering; left != 0; left &= left - 1)
        {
            LogicalThread thread = _threads[BitOperations.TrailingZeroCount(left)]!;
            if (thread.Stutter.Waits(_versions, VersionOf(thread.Pending))) awake &= ~thread.Bit;
        }
        return awake;
    }

    /// <summary>Of threads that all wait in loops the one with the fewest rounds; 0 when each has had enough for a livelock.</summary>
    private ulong MostPatient(ulong enabled)
    {
        int fewest = RoundsBeforeLivelock;
        ulong patient = 0;
        for (ulong left = enabled; left != 0; left &= left - 1)
        {
            LogicalThread thread = _threads[BitOperations.TrailingZeroCount(left)]!;
            if (thread.Stutter.Rounds >= fewest) continue;
            (fewest, patient) = (thread.Stutter.Rounds, thread.Bit);
        }
        return patient;
    }
}
