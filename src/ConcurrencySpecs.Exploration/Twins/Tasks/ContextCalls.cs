using System.ComponentModel;

namespace ConcurrencySpecs.Exploration.Twins;

/// <summary>Stands for the calls of <see cref="TaskScheduler"/>: the default scheduler is the explorer's.</summary>
[CallsOf(typeof(TaskScheduler)), EditorBrowsable(EditorBrowsableState.Never)]
[Passes("get_Id", "get_MaximumConcurrencyLevel", "add_UnobservedTaskException", "remove_UnobservedTaskException", "FromCurrentSynchronizationContext", ".ctor",
    "TryExecuteTask", "QueueTask", "TryDequeue", "TryExecuteTaskInline", "GetScheduledTasks")]
public static class TaskSchedulerCalls
{
    public static TaskScheduler get_Default() => LogicalScheduler.For(TaskScheduler.Default);
    public static TaskScheduler get_Current() => LogicalScheduler.For(TaskScheduler.Current);
}

/// <summary>Stands for the calls of <see cref="SynchronizationContext"/>: where the program has set none, it sees none.</summary>
[CallsOf(typeof(SynchronizationContext)), EditorBrowsable(EditorBrowsableState.Never)]
[Passes("*")]
public static class SynchronizationContextCalls
{
    public static SynchronizationContext? get_Current() =>
        SynchronizationContext.Current is LogicalContext ? null : SynchronizationContext.Current;

    public static void SetSynchronizationContext(SynchronizationContext? syncContext) =>
        SynchronizationContext.SetSynchronizationContext(syncContext ?? (Steps.Exploring ? LogicalContext.Instance : null));
}
