namespace ConcurrencySpecs.Exploration.Scheduling;

// Steps for which no code of the program has to run: the end of a thread, and each but the last of several joins. Whoever runs carries them out
// for their thread, so that they cost no switch.
internal sealed partial class Execution
{
    /// <summary>Waits for the end of each thread, one after the other: the same steps as so many joins, at one switch for all of them.</summary>
    public void Join(LogicalThread[] threads)
    {
        if (threads.Length == 0) return;
        if (_driver is not null)
        {
            foreach (LogicalThread thread in threads) Join(thread);     // nobody else may speak for a thread there
            return;
        }
        LogicalThread me = Running;
        (me.Joins, me.Joined) = (threads, 0);
        if (threads.Length > 1) _scripted |= me.Bit;
        Join(threads[0]);
        me.Joins = null;
    }

    /// <summary>The thread's code is over and its stack free; its last step is still to be chosen.</summary>
    private void Leave(LogicalThread thread)
    {
        if (thread.GoesRound) LeaveLoop(thread);
        thread.Pending = EndOf(thread);
        thread.Carrier = null;
        _scripted |= thread.Bit;
        Steps++;
    }

    private Step EndOf(LogicalThread thread) => new() { On = thread, Kind = StepKind.End, Access = Access.Write, Resource = ResourceOf(thread) };

    private void Perform(LogicalThread thread)
    {
        Site = thread.Pending.Site;
        Take(thread);
        if (thread.Pending.Kind == StepKind.End)
        {
            Finish(thread);
            return;
        }
        LogicalThread[] joins = thread.Joins!;
        LogicalThread next = joins[++thread.Joined];
        if (thread.Joined == joins.Length - 1) _scripted &= ~thread.Bit;     // its code goes on after the last one
        thread.Pending.On = next;
        thread.Pending.Resource = ResourceOf(next);
        if (next.Finished) _admitted |= thread.Bit;
        else _admitted &= ~thread.Bit;
        Steps++;
    }
}
