using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace ConcurrencySpecs.Exploration.Twins;

/// <summary>Stands for the calls of <see cref="AsyncTaskMethodBuilder{TResult}"/> in state machines.</summary>
[CallsOf(typeof(AsyncTaskMethodBuilder<>)), EditorBrowsable(EditorBrowsableState.Never)]
[Passes("Create", "Start", "SetStateMachine", "get_Task", "MoveNext", "Complete")]
public static class AsyncTaskMethodBuilderOfResultCalls
{
    public static void SetResult<TResult>(ref AsyncTaskMethodBuilder<TResult> self, TResult result)
    {
        Builders.Completes(ref self);
        self.SetResult(result);
    }

    public static void SetException<TResult>(ref AsyncTaskMethodBuilder<TResult> self, Exception exception)
    {
        Builders.Completes(ref self);
        self.SetException(exception);
    }

    public static void AwaitOnCompleted<TResult, TAwaiter, TMachine>(ref AsyncTaskMethodBuilder<TResult> self, ref TAwaiter awaiter, ref TMachine machine)
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

    public static void AwaitUnsafeOnCompleted<TResult, TAwaiter, TMachine>(ref AsyncTaskMethodBuilder<TResult> self, ref TAwaiter awaiter, ref TMachine machine)
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
