using System.Diagnostics.CodeAnalysis;
using ConcurrencySpecs.Native;
using ConcurrencySpecs.Processes;
using ConcurrencySpecs.Waiting;

namespace ConcurrencySpecs.Timeouts;

/// <summary>A function that runs in a process of its own, so that a limit of time really ends it, whatever it does: a loop, a lock, native code.</summary>
/// <remarks>
/// <para>Progress — a call returns at the latest a few milliseconds after its limit, and the next one runs at once in a process that stood by.</para>
/// <para>Ordering — result against expiry is decided by one compare-and-swap between the two processes; when the expiry is told, the process is dead.</para>
/// <para>Cost — two processes, one of them standing by; some ten microseconds and a copy of argument and result for each call.
/// The process has its share of a core in long slices, which end when anybody else wakes up there.</para>
/// <para>Failure — exactly one of the result, the function's own exception, the expiry, or the death of its process named. The state that the
/// function keeps in its process is lost with it.</para>
/// <para>Source — a process that dies is the only time-out that stops everything: threads cannot be aborted, and signals do
/// not interrupt a computation.</para>
/// </remarks>
/// <typeparam name="TArgument">Goes as a copy: structs without references as bytes, everything else as JSON.</typeparam>
/// <typeparam name="TResult">Comes as a copy, likewise.</typeparam>
public sealed class IsolatedFunction<TArgument, TResult> : IDisposable
{
    // I1  _worker runs one call at a time, under _gate; _spare is started, or about to be, and has never run one
    // I2  _worker is null where neither could be started: the next call tries again, so that no failure to start outlives its reason
    private static readonly TimeSpan _untilTheNextCallHasRun = TimeSpan.FromMilliseconds(3);
    private readonly Lock _gate = new();
    private readonly Entry _function;
    private readonly IsolatedFunctionOptions _options;
    private IsolatedWorker? _worker;
    private Task<IsolatedWorker> _spare;
    private bool _isDisposed;

    /// <summary>Starts two processes that wait for calls.</summary>
    /// <param name="function">A static method or a lambda that captures nothing.</param>
    /// <param name="options">How it is ended and how much it may say.</param>
    /// <exception cref="ArgumentException">The function captures variables, which the message names, or is bound to an object;
    /// or it returns a task.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A grace above 24 days, or no room for a byte.</exception>
    /// <exception cref="SystemCallException">The system refuses another process, descriptor or memory.</exception>
    [RequiresUnreferencedCode(Payload.NeedsReflection), RequiresDynamicCode(Payload.NeedsReflection)]
    public IsolatedFunction(Func<TArgument, TResult> function, IsolatedFunctionOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(function);
        if (Tasks.Include(typeof(TResult)))
            throw new ArgumentException(
                "An isolated function returns when its work is done, and not a task for it: wait for the task inside.", nameof(function));
        options?.Check();
        (_function, _options) = (Entry.Of(function), options ?? new());
        _worker = Start();
        _spare = Task.Run(Start);
    }

    /// <summary>Calls the function, and ends it when the limit is over.</summary>
    /// <param name="argument">Its argument.</param>
    /// <param name="limit">Counted from the moment at which the process is ready for the call; zero does not begin it.
    /// Inside a <see cref="Deadline"/> scope it ends at the latest with that.</param>
    /// <exception cref="IsolatedTimeoutException">The limit was over, and the process has been ended.</exception>
    /// <exception cref="RemoteException">The function threw.</exception>
    /// <exception cref="ChildEndedException">The process died otherwise. The next call has another one.</exception>
    /// <exception cref="SystemCallException">The last call has ended its process, and the system refuses another one. A later call tries again.</exception>
    /// <exception cref="DeadlineExpiredException">An enclosing scope was over.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The limit is negative and not <see cref="Timeout.InfiniteTimeSpan"/>.</exception>
    /// <exception cref="InvalidOperationException">The argument is too long for <see cref="IsolatedFunctionOptions.MostBytes"/>.</exception>
    public TResult Run(TArgument argument, TimeSpan limit)
    {
        DeadlineClock.After(0, limit);
        byte[] written = Payload.WriteAs(argument);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (limit == TimeSpan.Zero) throw new IsolatedTimeoutException(limit, wasKilled: false);
            IsolatedWorker worker = Standing();
            worker.AwaitReady();
            Deadline.Current?.ThrowIfExpired();
            TimeSpan outer = Deadline.Current?.Remaining ?? Timeout.InfiniteTimeSpan;
            bool isOwn = outer == Timeout.InfiniteTimeSpan || (limit != Timeout.InfiniteTimeSpan && limit <= outer);
            try
            {
                if (worker.TryCall(written, isOwn ? limit : outer, out byte[] result)) return Payload.ReadAs<TResult>(result);
            }
            catch (ChildEndedException)
            {
                Replace(worker);
                throw;
            }

            bool wasKilled = worker.End(_options.Grace);
            Replace(worker);
            if (!isOwn) Deadline.Current?.ThrowIfExpired();
            throw new IsolatedTimeoutException(limit, wasKilled);
        }
    }

    /// <summary>Ends both processes.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_isDisposed) return;
            _isDisposed = true;
            _worker?.Dispose();
            TakeSpare()?.Dispose();
        }
    }

    private IsolatedWorker Start() => new(new(_function, TypePlace.Of(typeof(TArgument)), TypePlace.Of(typeof(TResult))), _options.MostBytes);

    private IsolatedWorker Standing()
    {
        if (_worker is { } standing) return standing;
        _worker = TakeSpare() ?? Start();
        _spare = StartSoon(null);
        return _worker;
    }

    private void Replace(IsolatedWorker ended)
    {
        _worker = TakeSpare();
        _spare = StartSoon(ended);
    }

    /// <summary>Null when it could not be started.</summary>
    private IsolatedWorker? TakeSpare()
    {
        ((Task)_spare).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing).GetAwaiter().GetResult();
        return _spare.IsCompletedSuccessfully ? _spare.Result : null;
    }

    /// <summary>Closing takes a tenth of a millisecond and starting a core for some ten: the answer goes first, and the call that follows it at once.</summary>
    private async Task<IsolatedWorker> StartSoon(IsolatedWorker? ended)
    {
        await Task.Delay(_untilTheNextCallHasRun).ConfigureAwait(false);
        ended?.Dispose();
        return Start();
    }
}
