using System.Runtime.CompilerServices;
using ConcurrencySpecs.Exploration.Scheduling;

namespace ConcurrencySpecs.Exploration.Twins;

/// <summary>An awaiter that only keeps the continuation of a state machine, to hand it to the one that the program wrote.</summary>
/// <remarks>The runtime throws what comes out of a program's awaiter on a thread of the pool, which ends the process; and inside an exploration the end of
/// a schedule comes out of it. So the program's code is called by the explorer, not by the runtime.</remarks>
internal sealed class KeptContinuation : ICriticalNotifyCompletion
{
    private Action? _continuation;

    public void OnCompleted(Action continuation) => _continuation = continuation;
    public void UnsafeOnCompleted(Action continuation) => _continuation = continuation;

    public void OnCompleted<TAwaiter>(ref TAwaiter awaiter) where TAwaiter : INotifyCompletion
    {
        try
        {
            awaiter.OnCompleted(_continuation!);
        }
        catch (Exception thrown) when (thrown is not ExecutionAbortedException)
        {
            Refuse(thrown);
        }
    }

    public void UnsafeOnCompleted<TAwaiter>(ref TAwaiter awaiter) where TAwaiter : ICriticalNotifyCompletion
    {
        try
        {
            awaiter.UnsafeOnCompleted(_continuation!);
        }
        catch (Exception thrown) when (thrown is not ExecutionAbortedException)
        {
            Refuse(thrown);
        }
    }

    private static void Refuse(Exception thrown)
    {
        Execution execution = Execution.Current!;
        string message = $"{execution.Running.Label}: an awaiter threw {thrown.GetType().Name}, which ends the process: {thrown.Message}";
        execution.Refuse(new Verdict(Outcome.Threw, message, thrown, execution.Running.Id));
    }
}
