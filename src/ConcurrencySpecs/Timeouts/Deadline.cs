namespace ConcurrencySpecs.Timeouts;

/// <summary>A limit of time for some work, with a token that is cancelled when it is over: exactly one of completion and expiry happens.</summary>
/// <remarks>
/// <para>Progress — wait-free for the work, except that who comes too late waits until the token's callbacks have returned.</para>
/// <para>Ordering — completion against expiry is decided by one compare-and-swap. Expiry never comes early; completion after the limit counts as
/// expired, however late the clock's thread is; and once the end of a deadline is known, nothing of it fires any more.</para>
/// <para>Cost — about a hundred nanoseconds to arm and disarm, no system call unless it is the earliest deadline of all, no allocation when it is
/// restarted and its token is not used. Expiry is some tens of microseconds late (timerfd), where CancelAfter is milliseconds.</para>
/// <para>Failure — a callback that takes long delays no other deadline; one that throws ends the process, as with a timer.
/// Work that heeds neither the token nor <see cref="ThrowIfExpired"/> is not stopped, only found out when it ends.</para>
/// <para>Source — N. J. Smith, "Timeouts and cancellation for humans", 2018, for scopes that nest.</para>
/// </remarks>
public sealed partial class Deadline : IDisposable
{
    // I1  _state leaves Running once after each start, by one compare-and-swap
    // I2  the token is cancelled by who made the state Expired, and while _firing is held; or through the outer scope
    // I3  _due changes under _firing, while the state is Completed
    private const int Running = 0, Completed = 1, Expired = 2;
    private readonly DeadlineClock _clock;
    private readonly Moment _moment;
    private readonly Lock _firing = new();
    private CancellationTokenSource? _source;
    private CancellationTokenRegistration _outerToken;
    private int _state;
    private long _due;

    /// <summary>Starts a deadline <paramref name="limit"/> from now on the system's monotonic clock.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The limit is negative and not <see cref="Timeout.InfiniteTimeSpan"/>.</exception>
    public Deadline(TimeSpan limit) : this(limit, TimeProvider.System) { }

    /// <summary>Starts a deadline on a clock of your own, which a test moves.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The limit is negative and not <see cref="Timeout.InfiniteTimeSpan"/>.</exception>
    public Deadline(TimeSpan limit, TimeProvider clock) : this(limit, DeadlineClock.Of(clock), outer: null) { }

    private Deadline(TimeSpan limit, DeadlineClock clock, Deadline? outer)
    {
        _due = DeadlineClock.After(clock.Now, limit);
        (Limit, Outer, _clock) = (limit, outer, clock);
        _moment = new Moment(this);
        Arm();
    }

    /// <summary>The limit of the last start.</summary>
    public TimeSpan Limit { get; private set; }

    /// <summary>The scope that this one was opened in.</summary>
    public Deadline? Outer { get; }

    /// <summary>True once it has expired; the outer scopes' expiry is theirs.</summary>
    public bool IsExpired => Volatile.Read(ref _state) == Expired;

    /// <summary>What is left until this one or an outer one expires; zero afterwards, <see cref="Timeout.InfiniteTimeSpan"/> without any limit.</summary>
    public TimeSpan Remaining
    {
        get
        {
            TimeSpan own = DeadlineClock.Between(_clock.Now, _due), outer = Outer?.Remaining ?? Timeout.InfiniteTimeSpan;
            return outer == Timeout.InfiniteTimeSpan || (own != Timeout.InfiniteTimeSpan && own < outer) ? own : outer;
        }
    }

    /// <summary>Cancelled when this or an outer scope expires. Do not keep it beyond the deadline: restarting uses it again.</summary>
    public CancellationToken Token => (Volatile.Read(ref _source) ?? CreateSource()).Token;

    /// <summary>Ends the deadline, if it has not expired.</summary>
    /// <returns>True when the work was in time, also when asked again; false when it has expired, and then all callbacks of the token have returned.</returns>
    public bool TryComplete()
    {
        if (_clock.Now >= _due) Fire();
        bool inTime = Interlocked.CompareExchange(ref _state, Completed, Running) != Expired;      // full: one winner ↔ [expire]
        if (inTime) _clock.Disarm(_moment);                     // otherwise the clock may have to wait in it until all have been told
        if (inTime && Outer is null) return true;
        CancellationTokenRegistration link;
        lock (_firing) (link, _outerToken) = (_outerToken, default);    // waits for callbacks of this one; passes if this thread is in one of them
        link.Dispose();                                                 // and so for those that the outer scope has called
        return inTime;
    }

    /// <summary>Starts a completed deadline anew; its token is the same.</summary>
    /// <returns>False when it has expired, because its token is spent, or when it has not been completed.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The limit is negative and not <see cref="Timeout.InfiniteTimeSpan"/>.</exception>
    public bool TryRestart(TimeSpan limit)
    {
        long due = DeadlineClock.After(_clock.Now, limit);
        lock (_firing)
        {
            if (_state != Completed || Outer is not null) return false;
            (_due, Limit) = (due, limit);
            Volatile.Write(ref _state, Running);                // release → [expire]: the new moment precedes the state
        }

        Arm();
        return true;
    }

    /// <summary>Throws when this or an outer scope has expired, in the name of the outermost that has.</summary>
    /// <exception cref="DeadlineExpiredException">It has.</exception>
    public void ThrowIfExpired()
    {
        if (OutermostExpired() is { } expired) throw new DeadlineExpiredException(expired, inner: null);
    }

    /// <summary>Completes the deadline if it is still running.</summary>
    public void Dispose() => TryComplete();

    private Deadline? OutermostExpired() => Outer?.OutermostExpired() ?? (IsExpired ? this : null);

    private void Arm()
    {
        if (_due <= _clock.Now) Fire();                         // a limit of zero, or a clock that has moved meanwhile
        else _clock.Arm(_moment, _due);
    }

    private void Fire()
    {
        lock (_firing)
        {
            if (_clock.Now < _due) return;                      // a moment of an earlier start
            if (Interlocked.CompareExchange(ref _state, Expired, Running) != Running) return;      // full: [expire]
            _source?.Cancel();
            _clock.Disarm(_moment);                             // last: a clock that comes meanwhile waits here until all have been told
        }
    }

    private CancellationTokenSource CreateSource()
    {
        CancellationToken outer = Outer?.Token ?? CancellationToken.None;       // before the lock: an outer one's is never taken inside an inner one's
        lock (_firing)
        {
            if (_source is { } made) return made;
            var source = new CancellationTokenSource();
            Volatile.Write(ref _source, source);                // release → the lock-free read in Token
            if (_state == Expired) source.Cancel();
            else if (_state == Running) _outerToken = outer.UnsafeRegister(static own => ((CancellationTokenSource)own!).Cancel(), source);
            return source;
        }
    }

    private sealed class Moment(Deadline owner) : DeadlineEntry
    {
        public override void Come() => owner.Fire();
    }
}
