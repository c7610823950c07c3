using System.Diagnostics.CodeAnalysis;

namespace ConcurrencySpecs.Processes;

/// <summary>A method of this program that runs in a process of its own and gives a result.</summary>
/// <remarks>
/// <para>Progress — as <see cref="ChildProcess"/>; <see cref="Result"/> waits for the child.</para>
/// <para>Ordering — as <see cref="ChildProcess"/>: a result that is there is whole.</para>
/// <para>Cost — as <see cref="ChildProcess"/>, and a copy of the result.</para>
/// <para>Failure — exactly one of a result, the entry's own exception with its stack, or the child's end named.</para>
/// <para>Source — as <see cref="ChildProcess"/>; the outcome is kept in memory that outlives the child, so that no pipe can fill.</para>
/// </remarks>
/// <typeparam name="TResult">What the entry returns.</typeparam>
public sealed class ChildProcess<TResult> : ChildProcess
{
    internal ChildProcess(Delegate entry, Type? argumentType, object? argument, ChildProcessOptions? options)
        : base(entry, argumentType, argument, typeof(TResult), options) { }

    /// <summary>Waits until the child has ended and gives its result.</summary>
    /// <exception cref="RemoteException">The entry threw.</exception>
    /// <exception cref="ChildEndedException">The child exited or was ended by a signal before it gave a result.</exception>
    /// <exception cref="InvalidOperationException">The child has not been started.</exception>
    public TResult Result
    {
        get
        {
            Join();
            return Take();
        }
    }

    /// <inheritdoc/>
    public override ChildProcess<TResult> Start()
    {
        base.Start();
        return this;
    }

    /// <summary>Waits without a thread until the child has ended and gives its result.</summary>
    /// <exception cref="RemoteException">The entry threw.</exception>
    /// <exception cref="ChildEndedException">The child exited or was ended by a signal before it gave a result.</exception>
    /// <exception cref="OperationCanceledException">The wait was cancelled first; the child goes on.</exception>
    public async Task<TResult> ResultAsync(CancellationToken cancel = default)
    {
        await JoinAsync(cancel).ConfigureAwait(false);
        return Take();
    }

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Create, the only way here, says it.")]
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "Create, the only way here, says it.")]
    private TResult Take()
    {
        if (TakeOutcome() is not { } outcome) throw new ChildEndedException(Title, Status, WasReached);
        return outcome.FailureIn(Title) is { } failure ? throw failure : (TResult)Payload.Read(typeof(TResult), outcome.Result!)!;
    }
}
