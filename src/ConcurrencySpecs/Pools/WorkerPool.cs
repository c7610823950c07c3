using ConcurrencySpecs.Waiting;

namespace ConcurrencySpecs.Pools;

/// <summary>Threads that share work by stealing it from each other: functions, maps and streams over items, computations that fork and join.</summary>
/// <remarks>
/// <para>Progress — an item that a worker adds is its own until stolen, without a lock; idle workers steal. A worker that waits on a type of this library is
/// stood in for by another.</para>
/// <para>Ordering — all that was written before an item was handed in is visible to it, and all that it wrote to whoever awaits its task. Items from outside
/// begin about in the order they came; a worker's own begin newest first.</para>
/// <para>Cost — O(1) an item, and no lock among the workers' own; an idle pool costs nothing. Threads are started by the first item.</para>
/// <para>Failure — an item that throws stops no other and no worker. Every item ends in one of: its result, its error,
/// cancelled, or named by the termination.
/// Nobody may interrupt a worker's thread between two items: it ends the process, as in any thread that does not expect it.</para>
/// <para>Source — Blumofe and Leiserson, JACM 46(5), 1999; one searcher at a time as in Go's scheduler (Vyukov, 2012).</para>
/// </remarks>
public sealed partial class WorkerPool : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly AsyncLimiter? _admission;
    private readonly Crew _crew;

    /// <summary>Creates a pool; its threads are started by its first item.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than 1 worker, fewer most workers than workers, or room for fewer than 1.</exception>
    public WorkerPool(WorkerPoolOptions? options = null)
    {
        options ??= new WorkerPoolOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Workers, 1, nameof(options));
        if (options.MostWorkers is { } most) ArgumentOutOfRangeException.ThrowIfLessThan(most, options.Workers, nameof(options));
        if (options.MaxPending is { } pending) _admission = new AsyncLimiter(pending);
        Workers = options.Workers;
        _crew = new Crew(options);
    }

    /// <summary>How many threads are at work.</summary>
    public int Workers { get; }

    /// <summary>How many threads there are now, those included that block or stand by.</summary>
    public int Threads => _crew.Size;

    /// <summary>Cancelled when the pool is terminated: for items that take long.</summary>
    public CancellationToken Stopping => _stopping.Token;

    /// <summary>Hands in an item that nobody waits for. What it throws is thrown by <see cref="DrainAsync"/>. No bound holds it up.</summary>
    /// <exception cref="ObjectDisposedException">The pool is drained or terminated, and the caller is none of its items.</exception>
    public void Post(WorkItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        if (!TryPost(item)) throw Closed();
    }

    /// <inheritdoc cref="Post(WorkItem)"/>
    public void Post(Action work)
    {
        ArgumentNullException.ThrowIfNull(work);
        Post(new PostedAction(work));
    }

    /// <summary>Runs a function in the pool, once there is room for it.</summary>
    /// <returns>Its result; its own exception, with its stack.</returns>
    /// <param name="work">What to run.</param>
    /// <param name="cancel">Ends the wait for room, and skips the function if it has not begun when its turn comes.</param>
    /// <exception cref="ObjectDisposedException">The pool is drained or terminated, and the caller is none of its items.</exception>
    /// <exception cref="OperationCanceledException">Cancelled, or the pool was terminated, before the function had begun.</exception>
    public Task<TResult> RunAsync<TResult>(Func<TResult> work, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(work);
        return Bounded ? SubmitAsync(work, cancel).AsTask().Unwrap() : Start(new FunctionJob<TResult>(work, default, cancel, Stopping));
    }

    /// <inheritdoc cref="RunAsync{TResult}(Func{TResult}, CancellationToken)"/>
    public Task RunAsync(Action work, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(work);
        return RunAsync(() => { work(); return true; }, cancel);
    }

    /// <summary>Runs a computation that forks and joins parts of itself.</summary>
    /// <param name="root">Its first part, which was not forked.</param>
    /// <param name="cancel">Skips it if it has not begun when its turn comes.</param>
    /// <inheritdoc cref="RunAsync{TResult}(Func{TResult}, CancellationToken)" path="/*[not(self::param)]"/>
    public Task<TResult> RunAsync<TResult>(ForkTask<TResult> root, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(root);
        return Start(new RootJob<TResult>(root, default, cancel, Stopping));
    }

    /// <summary>Hands in a function: waits until there is room, without a thread, and then gives the task of its result.</summary>
    /// <remarks>So that a producer goes no faster than the pool: await this for each item, and the tasks it gives later.</remarks>
    /// <inheritdoc cref="RunAsync{TResult}(Func{TResult}, CancellationToken)"/>
    public async ValueTask<Task<TResult>> SubmitAsync<TResult>(Func<TResult> work, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(work);
        Permit permit = await AdmitAsync(cancel).ConfigureAwait(false);
        var job = new FunctionJob<TResult>(work, permit, cancel, Stopping);
        if (TryPost(job)) return job.Result;
        permit.Dispose();
        throw Closed();
    }

    /// <summary>Runs both functions, the second one in another worker if one has time, and gives both results.</summary>
    /// <returns>Both results; where both throw, the error of the first.</returns>
    /// <exception cref="InvalidOperationException">Not called from an item of a pool.</exception>
    public static (TFirst First, TSecond Second) Both<TFirst, TSecond>(Func<TFirst> first, Func<TSecond> second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        var forked = new ForkedCall<TSecond>(second);
        forked.Fork();
        TFirst result;
        try
        {
            result = first();
        }
        catch
        {
            forked.Settle();        // nothing of this call outlives it
            throw;
        }

        return (result, forked.Join());
    }

    /// <summary>Makes a call that blocks its thread by other means than this library's, while another worker stands in.</summary>
    public static TResult Block<TResult>(Func<TResult> call)
    {
        ArgumentNullException.ThrowIfNull(call);
        using var blocking = new Blocking();
        return call();
    }

    /// <summary>Takes no more items from outside, and waits until every item has ended, those included that items hand in meanwhile.</summary>
    /// <exception cref="AggregateException">What posted items threw.</exception>
    /// <exception cref="InvalidOperationException">Called by an item of this pool, which would wait for itself.</exception>
    public async Task DrainAsync()
    {
        if (Worker.Mine?.Crew == _crew)
            throw new InvalidOperationException("The pool was told to drain by one of its own items, which would wait for itself. Drain it from outside.");
        _crew.Close();
        await _crew.Ended.ConfigureAwait(false);
        if (!_stopping.IsCancellationRequested && !_crew.Errors.IsEmpty) throw new AggregateException(_crew.Errors);
    }

    /// <summary>Drops what has not begun, cancels <see cref="Stopping"/>, and waits until the items under way have ended.</summary>
    /// <remarks>An item that neither ends nor heeds <see cref="Stopping"/> keeps this waiting: bound the wait by Task.WaitAsync.</remarks>
    /// <returns>What was lost. Tasks of lost items are cancelled.</returns>
    /// <exception cref="InvalidOperationException">Called by an item of this pool, which would wait for itself.</exception>
    public async Task<TerminationReport> TerminateAsync()
    {
        _crew.DropAll();
        await _stopping.CancelAsync().ConfigureAwait(false);
        await DrainAsync().ConfigureAwait(false);
        return new TerminationReport([.. _crew.Lost], [.. _crew.Errors]);
    }

    /// <summary>Drains the pool.</summary>
    /// <inheritdoc cref="DrainAsync"/>
    public async ValueTask DisposeAsync() => await DrainAsync().ConfigureAwait(false);

    // Who is inside already may not wait for room: it is what room is waiting for.
    private bool Bounded => _admission is not null && Worker.Mine?.Crew != _crew;

    private ValueTask<Permit> AdmitAsync(CancellationToken cancel) => Bounded ? _admission!.EnterAsync(cancel) : default;

    private Task<TResult> Start<TResult>(Job<TResult> job) => TryPost(job) ? job.Result : Task.FromException<TResult>(Closed());

    private bool TryPost(WorkItem item, bool isHeldOpen = false)
    {
        Worker? mine = Worker.Mine;
        if (mine?.Crew != _crew) return _crew.TryInject(item, isHeldOpen);
        mine.Push(item);
        return true;
    }

    private static ObjectDisposedException Closed() =>
        new(nameof(WorkerPool), "The pool takes no more items: it was drained or terminated. Hand items in before, or from items of the pool.");
}
