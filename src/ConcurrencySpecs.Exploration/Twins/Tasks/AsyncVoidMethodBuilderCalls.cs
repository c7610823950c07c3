using System.ComponentModel;
using System.Runtime.CompilerServices;
using ConcurrencySpecs.Exploration.Scheduling;

namespace ConcurrencySpecs.Exploration.Twins;

/// <summary>Stands for the calls of <see cref="AsyncVoidMethodBuilder"/> in state machines.</summary>
[CallsOf(typeof(AsyncVoidMethodBuilder)), EditorBrowsable(EditorBrowsableState.Never)]
[Passes("Start", "SetStateMachine", "get_Task", "MoveNext", "Complete", "SetResult")]
public static class AsyncVoidMethodBuilderCalls
{
    // The builder throws what nobody can await where its context posts to: where there is none that is the thread pool, and the process ends.
    public static AsyncVoidMethodBuilder Create()
    {
        if (Steps.Exploring) LogicalContext.Install();
        return AsyncVoidMethodBuilder.Create();
    }

    public static void SetException(ref AsyncVoidMethodBuilder self, Exception exception)
    {
        if (exception is not ExecutionAbortedException) self.SetException(exception);
    }

    public static void AwaitOnCompleted<TAwaiter, TMachine>(ref AsyncVoidMethodBuilder self, ref TAwaiter awaiter, ref TMachine machine)
        where TAwaiter : INotifyCompletion where TMachine : IAsyncStateMachine
    {
        if (Builders.Awaits(ref awaiter))
        {
            self.AwaitOnCompleted(ref awaiter, ref machine);
            Builders.Suspended(ref self, ref awaiter);
            return;
        }
        var kept = new KeptContinuation();
        self.AwaitOnCompleted(ref kept, ref machine);
        kept.OnCompleted(ref awaiter);
    }

    public static void AwaitUnsafeOnCompleted<TAwaiter, TMachine>(ref AsyncVoidMethodBuilder self, ref TAwaiter awaiter, ref TMachine machine)
        where TAwaiter : ICriticalNotifyCompletion where TMachine : IAsyncStateMachine
    {
        if (Builders.Awaits(ref awaiter))
        {
            self.AwaitUnsafeOnCompleted(ref awaiter, ref machine);
            Builders.Suspended(ref self, ref awaiter);
            return;
        }
        var kept = new KeptContinuation();
        self.AwaitUnsafeOnCompleted(ref kept, ref machine);
        kept.UnsafeOnCompleted(ref awaiter);
    }
}
