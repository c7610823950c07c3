using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;

namespace ConcurrencySpecs.Pools;

/// <summary>What a worker waits for in a join.</summary>
internal interface IJoinable
{
    bool IsDone { get; }

    /// <summary>Sleeps until it is done.</summary>
    void Park();
}

/// <summary>A part of a computation that may run in another worker of the same <see cref="WorkerPool"/>: forked once, joined once, by the same item.</summary>
/// <remarks>
/// <para>Progress — a join runs the part itself unless it was stolen, else other items until the thief is done; it sleeps only without any.</para>
/// <para>Ordering — all that was written before Fork is visible to Compute, and all that Compute wrote once Join returns.</para>
/// <para>Cost — one object; a fork and a join without a thief cost a push and a pop of the worker's deque.</para>
/// <para>Failure — what Compute throws is thrown by Join; a part that is never joined runs, and its error is lost: join what you fork.</para>
/// <para>Source — Frigo, Leiserson and Randall, "The implementation of the Cilk-5 multithreaded language", PLDI 1998.</para>
/// </remarks>
/// <typeparam name="TResult">What the part computes.</typeparam>
[SuppressMessage("Design", "CA1001", Justification = "A ManualResetEventSlim holds nothing until its WaitHandle is asked for.")]
public abstract class ForkTask<TResult> : WorkItem, IJoinable
{
    private const int New = 0, Forked = 1, Awaited = 2, Done = 3, Joined = 4;

    // I1  New → Forked → Joined by the owner, where nobody stole it; else Forked → (Awaited →) Done by the thief, then Joined by the owner
    // I2  _sleeper is set before Awaited; the thief's exchange to Done tells it whether to wake
    private int _state;
    private TResult _result = default!;
    private ManualResetEventSlim? _sleeper;
    private ExceptionDispatchInfo? _error;

    bool IJoinable.IsDone => Volatile.Read(ref _state) == Done;     // acquire ← [done]

    /// <summary>Lets any worker of the pool run this; returns at once.</summary>
    /// <exception cref="InvalidOperationException">Not called from an item of a pool, or forked before.</exception>
    public void Fork()
    {
        Worker worker = Worker.Mine ?? throw new InvalidOperationException(
            $"{GetType().Name}.Fork was called outside of a pool. Start the computation by WorkerPool.RunAsync, and fork inside it.");
        if (_state != New) throw new InvalidOperationException($"{GetType().Name} was forked twice. Make a new one for each fork.");
        _state = Forked;
        worker.Push(this);
    }

    /// <summary>The result, computed by now or in this call.</summary>
    /// <exception cref="InvalidOperationException">Not forked before, or joined before.</exception>
    /// <exception cref="OperationCanceledException">The pool was terminated before this had begun.</exception>
    public TResult Join()
    {
        Worker? worker = Worker.Mine;
        if (worker is null || _state is New or Joined) throw Misjoined();
        while (worker.Own.TryPop(out WorkItem? item))
        {
            if (ReferenceEquals(item, this))
            {
                _state = Joined;
                return Compute();               // nobody stole it: an ordinary call
            }

            worker.Crew.Run(item);              // forked later and not joined yet
        }

        if (Volatile.Read(ref _state) != Done) worker.HelpUntilDone(this);      // acquire ← [done]
        _state = Joined;
        _error?.Throw();
        return _result;
    }

    void IJoinable.Park()
    {
        _sleeper = new ManualResetEventSlim();      // not disposed: the thief may still be leaving Set
        if (Interlocked.CompareExchange(ref _state, Awaited, Forked) == Forked) _sleeper.Wait();
    }

    internal TResult ComputeNow() => Compute();

    /// <summary>Joins, and leaves result and error alone.</summary>
    internal void Settle()
    {
        while (Worker.Mine!.Own.TryPop(out WorkItem? item))
        {
            if (ReferenceEquals(item, this)) return;    // nobody stole it: it need not run
            Worker.Mine.Crew.Run(item);
        }

        if (Volatile.Read(ref _state) != Done) Worker.Mine.HelpUntilDone(this);
    }

    /// <summary>Computes the part. It may fork and join parts of its own.</summary>
    protected abstract TResult Compute();

    /// <inheritdoc/>
    protected sealed override void Execute()
    {
        try
        {
            _result = Compute();
        }
        catch (Exception error)
        {
            _error = ExceptionDispatchInfo.Capture(error);
        }

        Finish();
    }

    /// <inheritdoc/>
    protected sealed override void Dropped()
    {
        _error = ExceptionDispatchInfo.Capture(new OperationCanceledException("The pool was terminated before this part had begun."));
        Finish();
    }

    private void Finish()
    {
        if (Interlocked.Exchange(ref _state, Done) == Awaited) _sleeper!.Set();     // release → [done]: the result or the error precedes it
    }

    private InvalidOperationException Misjoined() => new(
        _state == New ? $"{GetType().Name} was joined before it was forked. Call Fork first."
        : _state == Joined ? $"{GetType().Name} was joined twice. Keep the result of the first join."
        : $"{GetType().Name}.Join was called outside of a pool. Join in the item that forked.");
}

/// <summary>A part that is a delegate.</summary>
internal sealed class ForkedCall<TResult>(Func<TResult> call) : ForkTask<TResult>
{
    protected override TResult Compute() => call();
}
