namespace ConcurrencySpecs.Exploration.Scheduling;

// Calls within calls: a stack that overflows would take the process along, so whoever comes near its end fails the execution.
internal sealed partial class Execution
{
    private const int Dispatching = 2048;              // less than what the runtime puts on the stack to throw an exception
    private const int PatienceWithCleaning = 100_000;

    /// <summary>The running thread begins a method that may come to call itself, which is no step.</summary>
    // Safe because the address is only compared.
    public unsafe void Deeper(int site)
    {
        byte here;
        if ((nint)(&here) < Running.Carrier!.StackLimit) GoesTooDeep((nint)(&here), site);
    }

    // On the way out it may go a little further: what cleans up, once for each of thousands of calls, must not throw there again.
    private void GoesTooDeep(nint here, int site)
    {
        LogicalThread me = Running;
        if (_aborting && here > me.Carrier!.StackLimit - Carrier.ReserveForLeaving) return;
        if (_aborting) Unwind(me);
        var thrown = new InsufficientExecutionStackException(
            $"Calls within calls have used up the stack, the last of them in {Hooks.SiteTable.Of(site).Method}: a recursion without end, or one far deeper "
            + "than the explorer's 1 MiB stacks allow.");
        Refuse(new Verdict(Outcome.Threw, $"{me.Label} threw {nameof(InsufficientExecutionStackException)}: {thrown.Message}", thrown, me.Id));
    }

    /// <summary>Whether the thread, told to leave, is on its way out and runs what a finally or a catch has to do: that may take its steps, alone.</summary>
    /// <remarks>Were it told again each time, a recursion of some dozens of calls with a lock each would use up its stack: what is thrown while an
    /// exception is under way keeps all that stands below it.</remarks>
    // Safe because the address is only compared.
    private static unsafe bool CleansUp(LogicalThread me)
    {
        byte here;
        return (nint)(&here) < me.LeftAt - Dispatching && !me.Pending.Blocks && ++me.CleanedUp <= PatienceWithCleaning;
    }

    /// <summary>Whether the thread leaves call after call, each of which catches what it is told, instead of one that does so for ever.</summary>
    // Safe because the address is only compared.
    private static unsafe bool HasLeftMore(LogicalThread me)
    {
        byte here;
        if ((nint)(&here) <= me.LeftAt) return false;
        me.LeftAt = (nint)(&here);
        return true;
    }
}
