using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace ConcurrencySpecs.Exploration.Twins;

/// <summary>Stands for the calls of <see cref="AsyncIteratorMethodBuilder"/> in state machines.</summary>
[CallsOf(typeof(AsyncIteratorMethodBuilder)), EditorBrowsable(EditorBrowsableState.Never)]
[Passes("Create", "Start", "SetStateMachine", "get_Task", "MoveNext", "Complete", "SetResult", "SetException")]
public static class AsyncIteratorMethodBuilderCalls
{
    public static void AwaitOnCompleted<TAwaiter, TMachine>(ref AsyncIteratorMethodBuilder self, ref TAwaiter awaiter, ref TMachine machine)
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

    public static void AwaitUnsafeOnCompleted<TAwaiter, TMachine>(ref AsyncIteratorMethodBuilder self, ref TAwaiter awaiter, ref TMachine machine)
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
