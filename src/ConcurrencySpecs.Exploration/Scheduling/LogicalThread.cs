namespace ConcurrencySpecs.Exploration.Scheduling;

/// <summary>A thread of the program under exploration. As an object it stands for its own end: joining is waiting on it.</summary>
internal sealed class LogicalThread : SyncObject
{
    /// <summary>The step that the thread has announced and not yet taken; once taken it stays readable until the next one.</summary>
    public Step Pending;

    internal LogicalThread(int id) => (Id, Stutter) = (id, new StutterTable(id));

    /// <summary>0 is the body. Others are numbered by (parent, how many-th child), so that a number means the same thread in every schedule.</summary>
    public int Id { get; }

    public ulong Bit => 1ul << Id;

    public LogicalThread? Parent { get; internal set; }

    /// <summary>What the program calls it, if it does.</summary>
    public string? Name { get; set; }

    /// <summary>For the trace: the type of what stands at the location of the step that is about to be announced, where a twin says so.</summary>
    public Type? At { get; set; }

    /// <summary>A background thread may be unfinished when the program ends: that is no leak.</summary>
    public bool Background { get; set; }

    public bool Finished { get; internal set; }

    /// <summary>The thread's own virtual time in milliseconds.</summary>
    public long Clock { get; internal set; }

    /// <summary>How many steps it has taken.</summary>
    public int Steps { get; internal set; }

    /// <summary>A place for twins: the System.Threading.Thread twin, thread statics and the like. Empty at the start of every execution.</summary>
    public object? Tag { get; set; }

    internal Action? Body;
    internal int Children;
    internal int Made;                    // objects announced
    internal Carrier? Carrier;            // the operating system's thread that runs it
    internal LogicalThread? Guest;        // the thread that runs on top of its stack
    internal int Throws;                  // how often it was told to leave,
    internal nint LeftAt;                 // and from which place on its stack: higher ones are left later
    internal int CleanedUp;               // steps that it has taken on its way out
    internal int SpawnedAt;               // the steps that its parent had taken
    internal bool Wrote;                  // its last step changed memory
    internal bool GoesRound;              // its last step was an equal round that nobody saw
    internal int LastStep;                // after so many steps the thread goes no further,
    internal Action? AtEnd;               // and does this instead, which does not return
    internal LogicalThread[]? Joins;      // the threads whose ends it waits for, one after the other,
    internal int Joined;                  // and the one whose turn it is
    internal readonly StutterTable Stutter;
    internal readonly CallsUnderWay Calls = new();

    internal override SyncState State => new(Finished ? 1 : 0);

    internal override bool Admits(in SyncState state, int thread, long demand) => state.Value == 1;

    internal override ulong Holders(in SyncState state) => state.Value == 1 ? 0 : Bit;

    internal override string Noun => $"the end of {Label}";

    internal override LogicalThread? EndOf => this;

    /// <summary>Whether it cannot go on before the other one has ended, so that its stack is free until then.</summary>
    internal bool Awaits(LogicalThread other) => Pending.Blocks && (Pending.On?.EndOf == other || (Joins is { } all && Array.IndexOf(all, other, Joined) >= 0));

    /// <summary>"main", the program's name for it, or "thread 3".</summary>
    internal string Label => Name ?? (Id == 0 ? "main" : $"thread {Id}");

    internal void Begin(LogicalThread? parent, Action? body)
    {
        At = null;
        Parent = parent;
        Body = body;
        (Name, Background, Finished, Tag, Carrier, Guest, Joins) = (null, false, false, null, null, null, null);
        (Steps, Children, Made, Throws, Wrote, GoesRound) = (0, 0, 0, 0, false, false);
        (Clock, SpawnedAt) = (parent?.Clock ?? 0, parent?.Steps ?? 0);
        (LeftAt, CleanedUp) = (0, 0);
        (LastStep, AtEnd) = (int.MaxValue, null);
        Pending = new Step { Kind = StepKind.Start };
        Stutter.Clear();
        Calls.Clear();
    }
}
