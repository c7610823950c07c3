namespace ConcurrencySpecs.Exploration.Twins;

/// <summary>The steps of awaiters: asking is a look at the task, taking the result of a task that is not completed waits for it.</summary>
internal static class Awaiters
{
    public static void Look<TAwaiter>(ref TAwaiter awaiter) where TAwaiter : struct
    {
        if (Steps.Exploring && Builders.TaskOf(ref awaiter) is { } task) TaskState.Look(task);
    }

    public static void Await<TAwaiter>(ref TAwaiter awaiter) where TAwaiter : struct
    {
        if (Steps.Exploring && Builders.TaskOf(ref awaiter) is { } task) TaskState.Await(task);
    }
}
