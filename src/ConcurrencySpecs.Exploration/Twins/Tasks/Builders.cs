using System.Runtime.CompilerServices;
using ConcurrencySpecs.Exploration.Scheduling;

namespace ConcurrencySpecs.Exploration.Twins;

/// <summary>The steps of state machines: an await that suspends adds a continuation to its task, the end completes the method's own.</summary>
internal static class Builders
{
    // I1  the first reference in a builder is its task, or nothing while the method has not been suspended and nobody can know the task
    // I2  the first reference in an awaiter of a task or value task is the task, or what stands in its place
    // Both are layouts of the runtime, checked by specs.

    public static void Completes<TBuilder>(ref TBuilder builder) where TBuilder : struct
    {
        // A method that is being ended completes without a step: an exception from here would leave its state machine and end the process.
        if (!Steps.Exploring || Execution.Current!.IsEnding || First(ref builder) is not Task task) return;
        try
        {
            TaskState.Change(task, StepKind.Signal);
        }
        catch (ExecutionAbortedException)
        {
            return;        // the schedule has ended while this step waited for its turn; the thread leaves at its next one
        }
    }

    /// <summary>The step of an await that suspends. False for an awaiter that runs code of the program's: see <see cref="KeptContinuation"/>.</summary>
    public static bool Awaits<TAwaiter>(ref TAwaiter awaiter)
    {
        if (!Steps.Exploring) return true;
        LogicalContext.Install();
        if (!Awaiter<TAwaiter>.OfTask || First(ref awaiter) is not Task task) return false;
        TaskState.Change(task, StepKind.Change);
        return true;
    }

    /// <summary>An await has suspended: a task whose continuations do not run in the thread that completes it starts one, and that one goes on for the
    /// thread that awaits.</summary>
    public static void Suspended<TBuilder, TAwaiter>(ref TBuilder builder, ref TAwaiter awaiter) where TBuilder : struct
    {
        if (!Steps.Exploring || First(ref awaiter) is not Task { IsCompleted: false } awaited || First(ref builder) is not Task machine) return;
        if ((awaited.CreationOptions & TaskCreationOptions.RunContinuationsAsynchronously) != 0) TaskState.Of(machine).GoesOnAs = Execution.Current!.Reserve();
    }

    /// <summary>The number that was kept for a continuation which is now posted; null when none was.</summary>
    public static int? TakeNumber(object? continuation)
    {
        if ((continuation is Action action ? action.Target : continuation) is not Task machine) return null;
        TaskState state = TaskState.Of(machine);
        int? number = state.GoesOnAs;
        state.GoesOnAs = null;
        return number;
    }

    /// <summary>The task behind an awaiter of a task or value task, if there is one.</summary>
    public static Task? TaskOf<TAwaiter>(ref TAwaiter awaiter) where TAwaiter : struct => First(ref awaiter) as Task;

    private static object? First<T>(ref T start) => Unsafe.As<T, object?>(ref start);

    private static class Awaiter<T>
    {
        public static readonly bool OfTask = IsOfTask(typeof(T));

        private static bool IsOfTask(Type type)
        {
            Type definition = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
            return definition == typeof(TaskAwaiter) || definition == typeof(TaskAwaiter<>)
                || definition == typeof(ConfiguredTaskAwaitable.ConfiguredTaskAwaiter)
                || definition == typeof(ConfiguredTaskAwaitable<>.ConfiguredTaskAwaiter)
                || definition == typeof(ValueTaskAwaiter) || definition == typeof(ValueTaskAwaiter<>)
                || definition == typeof(ConfiguredValueTaskAwaitable.ConfiguredValueTaskAwaiter)
                || definition == typeof(ConfiguredValueTaskAwaitable<>.ConfiguredValueTaskAwaiter);
        }
    }
}
