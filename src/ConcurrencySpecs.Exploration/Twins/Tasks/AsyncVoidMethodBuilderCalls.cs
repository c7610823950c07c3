using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace ConcurrencySpecs.Exploration.Twins;

/// <summary>Stands for the calls of <see cref="AsyncVoidMethodBuilder"/> in state machines.</summary>
[CallsOf(typeof(AsyncVoidMethodBuilder)), EditorBrowsable(EditorBrowsableState.Never)]
[Passes("Create", "Start", "SetStateMachine", "get_Task", "MoveNext", "Complete", "SetResult", "SetException")]
public static class AsyncVoidMethodBuilderCalls
{
    public static void AwaitOnCompleted<TAwaiter, TMachine>(ref AsyncVoidMethodBuilder self, ref TAwaiter awaiter, ref TMachine machine)
        where TAwaiter : INotifyCompletion where TMachine : IAsyncStateMachine
    {
        Builders.Awaits(ref awaiter);
        self.AwaitOnCompleted(ref awaiter, ref machine);
    }

    public static void AwaitUnsafeOnCompleted<TAwaiter, TMachine>(ref AsyncVoidMethodBuilder self, ref TAwaiter awaiter, ref TMachine machine)
        where TAwaiter : ICriticalNotifyCompletion where TMachine : IAsyncStateMachine
    {
        Builders.Awaits(ref awaiter);
        self.AwaitUnsafeOnCompleted(ref awaiter, ref machine);
    }
}
