namespace ConcurrencySpecs.Exploration.Scheduling;

/// <summary>One visible operation of a thread: announced, then chosen, then carried out.</summary>
internal struct Step
{
    /// <summary>The object a step is on; null for memory and for local steps.</summary>
    public SyncObject? On;

    /// <summary>What a blocking step asks of <see cref="On"/>; the object gives it its meaning.</summary>
    public long Demand;

    /// <summary>The execution's number for what the step touches; 0 when it touches nothing shared.</summary>
    public int Resource;

    /// <summary>The line that took the step, an index into <see cref="Hooks.SiteTable"/>; 0 when unknown.</summary>
    public int Site;

    public StepKind Kind;
    public Access Access;

    /// <summary>Waits until <see cref="On"/> admits the demand.</summary>
    public bool Blocks;

    /// <summary>Waits with a time-out: the step may always be chosen, and expires when the demand is not admitted.</summary>
    public bool Timed;

    /// <summary>Repeats what the thread has done before while nothing that it looked at has changed.</summary>
    public bool Stutters;

    /// <summary>Whether the order of two steps of different threads can matter.</summary>
    public static bool Depend(in Step a, in Step b) =>
        a.Resource == b.Resource && a.Resource != 0 && (a.Access == Access.Write || b.Access == Access.Write);
}
