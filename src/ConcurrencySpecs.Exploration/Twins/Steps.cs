using System.Runtime.CompilerServices;
using ConcurrencySpecs.Exploration.Scheduling;

namespace ConcurrencySpecs.Exploration.Twins;

/// <summary>How twins announce what they are about to do. Outside an exploration every announcement is empty.</summary>
/// <remarks>
/// The rule of all twins: announce, be chosen, then ask the real object, which answers at once. Only what belongs to a thread
/// (locks, thread locals) is kept here instead, because one operating-system thread may carry several logical ones.
/// </remarks>
internal static class Steps
{
    public static bool Exploring => Execution.Current is not null;

    /// <summary>The same, asked by what is about to make a thread, a task or a timer.</summary>
    /// <exception cref="ExplorationRefusedException">A static constructor of the explored program asks: what it starts would be out of control.</exception>
    public static bool Starting
    {
        get
        {
            if (!Exploring) Rewriting.StaticState.RefuseToStart();
            return Exploring;
        }
    }

    /// <summary>The number of the logical thread, or outside an exploration the managed one.</summary>
    public static int Me => Execution.Current is { } execution ? execution.Running.Id : Environment.CurrentManagedThreadId;

    /// <summary>An atomic change of a memory location follows.</summary>
    public static void ChangeAt<T>(ref T location) => At<T>()?.Step(ref Address(ref location), StepKind.Update, Access.Write);

    /// <summary>An atomic read of a memory location follows.</summary>
    public static void LookAt<T>(ref readonly T location) => Acquire(in location);

    /// <summary>A volatile read follows.</summary>
    public static void Acquire<T>(ref readonly T location) =>
        At<T>()?.Step(ref Address(ref Unsafe.AsRef(in location)), StepKind.VolatileRead, Access.Read);

    /// <summary>A volatile write follows.</summary>
    public static void Release<T>(ref T location) => At<T>()?.Step(ref Address(ref location), StepKind.VolatileWrite, Access.Write);

    // The trace reads the location: what stands there is told by whoever has it, since a call may touch more than the place it was given.
    private static Execution? At<T>()
    {
        if (Execution.Current is not { } execution) return null;
        if (execution.Recording) execution.Running.At = typeof(T);
        return execution;
    }

    /// <summary>A memory barrier follows. Under sequential consistency it orders nothing, but others may go first.</summary>
    public static void Fence() => Execution.Current?.Step(StepKind.Fence);

    /// <summary>A change of the object follows.</summary>
    public static void Change(SyncObject on, StepKind kind = StepKind.Change) => Execution.Current?.Step(on, kind, Access.Write);

    /// <summary>A look at the object follows.</summary>
    public static void Look(SyncObject on, StepKind kind = StepKind.Look) => Execution.Current?.Step(on, kind, Access.Read);

    /// <summary>Waits until the object admits the demand or the time is up; −1 waits for ever, 0 not at all. Only inside an exploration.</summary>
    public static bool Await(SyncObject on, StepKind kind, int milliseconds, long demand = 0) =>
        Execution.Current!.BlockFor(on, kind, milliseconds, demand, kind is StepKind.Wait or StepKind.Join ? Access.Read : Access.Write);

    /// <summary>Tells the trace what the step just taken gave.</summary>
    public static T Told<T>(T value)
    {
        if (Execution.Current is { Recording: true } execution) execution.Value(value);
        return value;
    }

    /// <summary>Tells the trace what an exchange found, and the search when it changed nothing.</summary>
    public static T Swapped<T>(T found, T comparand)
    {
        if (Execution.Current is not { } execution) return found;
        bool changed = typeof(T).IsValueType ? EqualityComparer<T>.Default.Equals(found, comparand) : ReferenceEquals(found, comparand);
        if (!changed) execution.Unchanged();
        if (execution.Recording) execution.Value(found);
        return found;
    }

    /// <summary>Tells the trace what an unconditional exchange found, and the search when the same was there before.</summary>
    public static T Replaced<T>(T found, T value) where T : struct
    {
        if (Execution.Current is not { } execution) return found;
        if (EqualityComparer<T>.Default.Equals(found, value)) execution.Unchanged();
        if (execution.Recording) execution.Value(found);
        return found;
    }

    /// <summary>Lets this thread's virtual time pass, without a step.</summary>
    public static void Pass(long milliseconds)
    {
        if (Execution.Current is { } execution) execution.Clock.Advance(milliseconds);
    }

    /// <summary>Starts a logical thread; no step of its own. Only inside an exploration.</summary>
    /// <param name="body">What it runs.</param>
    /// <param name="name">What reports call it.</param>
    /// <param name="background">It may be unfinished when the program ends.</param>
    /// <param name="number">The number that was reserved for it.</param>
    /// <param name="context">What flows into it; nothing of its parent's if null.</param>
    public static LogicalThread Go(Action body, string? name = null, bool background = true, int? number = null, ExecutionContext? context = null) =>
        Execution.Current!.Spawn(Whole(body, context), name, background, number);

    /// <summary>The same where nothing may be thrown; see <see cref="Execution.TrySpawn"/>.</summary>
    public static void Post(Action body, int? number) => Execution.Current!.TrySpawn(Whole(body), null, background: true, number);

    // One operating-system thread is several logical ones, one after the other or one within the other: what flows is said here, else nothing does.
    private static Action Whole(Action body, ExecutionContext? context = null) => () => ExecutionContext.Run(context ?? NoFlow.Context, static body =>
    {
        LogicalContext.Install();
        ((Action)body!)();
        if (Execution.Current!.Running.Tag is ThreadState { Mutexes: { Count: > 0 } owned }) foreach (MutexState mutex in owned.ToArray()) mutex.Abandon();
    }, body);

    /// <summary>Announces an object that a constructor of the program's has just made; what is made at first use has no such name.</summary>
    public static T Born<T>(T made) where T : SyncObject
    {
        Execution.Current?.Born(made);
        return made;
    }

    /// <summary>The state that this execution keeps for an object that is none of ours. Only inside an exploration.</summary>
    public static T StateOf<T>(object of) where T : SyncObject, new() => ExecutionState.Current.Of<T>(of);

    private static ref byte Address<T>(ref T location) => ref Unsafe.As<T, byte>(ref location);

    /// <summary>The context of a thread into which nothing has flowed.</summary>
    private static class NoFlow
    {
        public static readonly ExecutionContext Context = Capture();

        private static ExecutionContext Capture()
        {
            ExecutionContext? captured = null;
            var fresh = new System.Threading.Thread(() => captured = ExecutionContext.Capture());
            fresh.UnsafeStart();
            fresh.Join();
            return captured!;
        }
    }
}
