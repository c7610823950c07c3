using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace ConcurrencySpecs.Exploration.Twins;

/// <summary>Stands for the calls of <see cref="AsyncVoidMethodBuilder"/> in state machines.</summary>
[CallsOf(typeof(AsyncVoidMethodBuilder)), EditorBrowsable(EditorBrowsableState.Never)]
[Passes("Create", "Start", "SetStateMachine", "get_Task", "MoveNext", "Complete", "SetResult", "SetException")]
public static class AsyncVoidMethodBuilderCalls
{
    public static void AwaitOnCompleted<TAwaiter, TStateMachine>(ref AsyncVoidMethodBuilder self, ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : INotifyCompletion where TStateMachine : IAsyncStateMachine
    {
        Builders.Awaits(ref awaiter);
        self.AwaitOnCompleted(ref awaiter, ref stateMachine);
    }

    public static void AwaitUnsafeOnCompleted<TAwaiter, TStateMachine>(ref AsyncVoidMethodBuilder self, ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : ICriticalNotifyCompletion where TStateMachine : IAsyncStateMachine
    {
        Builders.Awaits(ref awaiter);
        self.AwaitUnsafeOnCompleted(ref awaiter, ref stateMachine);
    }
}
