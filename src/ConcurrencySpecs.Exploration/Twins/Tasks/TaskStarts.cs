using ConcurrencySpecs.Exploration.Scheduling;

namespace ConcurrencySpecs.Exploration.Twins;

/// <summary>Makes the runtime's own tasks run as logical threads: their bodies end with a step on the task, their tokens complete them with one.</summary>
internal static class TaskStarts
{
    public static Action Ending(Action body) => () =>
    {
        try
        {
            body();
        }
        finally
        {
            LogicalScheduler.Completes();
        }
    };

    public static Action<A> Ending<A>(Action<A> body) => a => Ending(() => body(a))();
    public static Action<A, B> Ending<A, B>(Action<A, B> body) => (a, b) => Ending(() => body(a, b))();

    public static Func<R> EndingWith<R>(Func<R> body) => () =>
    {
        try
        {
            return body();
        }
        finally
        {
            LogicalScheduler.Completes();
        }
    };

    public static Func<A, R> EndingWith<A, R>(Func<A, R> body) => a => EndingWith(() => body(a))();
    public static Func<A, B, R> EndingWith<A, B, R>(Func<A, B, R> body) => (a, b) => EndingWith(() => body(a, b))();

    /// <summary>A look at the token, which the runtime is about to ask.</summary>
    public static void Look(CancellationToken token)
    {
        if (Steps.Exploring && token.CanBeCanceled) Steps.Look(SourceState.Of(token));
    }

    /// <summary>Lets the token complete the task visibly: registered after the runtime's own callback, ours runs before it.</summary>
    public static T Watched<T>(T task, CancellationToken token) where T : Task
    {
        if (task.IsCompleted) return task;
        if ((task.CreationOptions & TaskCreationOptions.AttachedToParent) != 0) Attach(task);
        if (!token.CanBeCanceled) return task;
        TaskState.Of(task).Token = token;
        token.UnsafeRegister(static task => TaskState.Change((Task)task!, StepKind.Signal), task);
        return task;
    }

    private static void Attach(Task task)
    {
        if (LogicalScheduler.Running is { } parent && (parent.CreationOptions & TaskCreationOptions.DenyChildAttach) == 0)
            TaskState.Of(task).Parent = parent;
    }

    /// <summary>Starts a task made with the given token.</summary>
    public static T Started<T>(T task, CancellationToken token, TaskScheduler? scheduler = null) where T : Task
    {
        Watched(task, token);
        if (!task.IsCompleted) task.Start(LogicalScheduler.For(scheduler ?? TaskScheduler.Default));
        return task;
    }
}
