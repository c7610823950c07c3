namespace ConcurrencySpecs.Timeouts;

/// <summary>A limit of time for some work, with a token that is cancelled when it is over: exactly one of completion and expiry happens.</summary>
/// <remarks>
/// <para>Progress — wait-free for the work, except that who comes too late waits until the token's callbacks have returned.</para>
/// <para>Ordering — completion against expiry is decided by one compare-and-swap. Expiry never comes early; completion after the limit counts as
/// expired, however late the clock's thread is; and once the end of a deadline is known, nothing of it fires any more.</para>
/// <para>Cost — some ten nanoseconds to restart and complete, without a lock, a system call or an allocation as long as the limits do not shrink; a
/// new one takes its place in a heap until it is disposed, and a system call if it is the earliest of all. Expiry is some microseconds late when a core
/// is free: a thread is woken ahead of it (timerfd) and looks at the clock, for 0.2 ms at most and a twentieth of the time altogether.</para>
/// <para>Failure — a callback that takes long delays no other deadline; one that throws ends the process, as with a timer.
/// Work that heeds neither the token nor <see cref="ThrowIfExpired"/> is not stopped, only found out when it ends.</para>
/// <para>Source — N. J. Smith, "Timeouts and cancellation for humans", 2018, for scopes that nest.</para>
/// </remarks>
public sealed partial class Deadline : IDisposable
{
    // I1  _state is the number of the start and a phase; each start leaves Running once, by one compare-and-swap on both
    // I2  the token is cancelled by who made the phase Expired, and while _firing is held; or through the outer scope
    // I3  while it runs, _moment is armed for _due or for an earlier time, which it then moves on; a completed one stays armed, and comes for nothing
    // I4  a start: store of _state, then the look whether _moment is armed. Its coming: it leaves the clock, and one that finds nothing running has a
    //     barrier of all processors before it looks at _state again. So either the start arms it, or what comes sees the start (Dekker).
    private const int Running = 0, Completed = 1, Expired = 2, PhaseMask = 3, NextStart = 4;
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
    public bool IsExpired => Phase == Expired;

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
        if (_clock.MayHaveCome(_due) && _clock.Now >= _due) Fire();
        int state = Volatile.Read(ref _state);
        if ((state & PhaseMask) == Running) state = Interlocked.CompareExchange(ref _state, state | Completed, state);     // full: one winner ↔ [expire]
        bool inTime = (state & PhaseMask) != Expired;
        if (inTime && Outer is null) return true;
        CancellationTokenRegistration link;
        lock (_firing) (link, _outerToken) = (_outerToken, default);    // waits for callbacks of this one; passes if this thread is in one of them
        link.Dispose();                                                 // and so for those that the outer scope has called
        return inTime;
    }

    /// <summary>Starts a completed deadline anew; its token is the same. For one thread at a time.</summary>
    /// <returns>False when it has expired, because its token is spent, or when it has not been completed.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The limit is negative and not <see cref="Timeout.InfiniteTimeSpan"/>.</exception>
    public bool TryRestart(TimeSpan limit)
    {
        long due = DeadlineClock.After(_clock.Now, limit);
        int state = Volatile.Read(ref _state);
        if ((state & PhaseMask) != Completed || Outer is not null) return false;
        Volatile.Write(ref _due, due);
        Limit = limit;
        Volatile.Write(ref _state, (state & ~PhaseMask) + NextStart);   // release → [start]: after the new moment; partner: the barrier in Come
        Arm();
        return true;
    }

    /// <summary>Throws when this or an outer scope has expired, in the name of the outermost that has.</summary>
    /// <exception cref="DeadlineExpiredException">It has.</exception>
    public void ThrowIfExpired()
    {
        if (OutermostExpired() is { } expired) throw new DeadlineExpiredException(expired, inner: null);
    }

    /// <summary>Completes the deadline if it is still running, and gives back its place among the clock's deadlines.</summary>
    public void Dispose()
    {
        TryComplete();
        _clock.Disarm(_moment);
    }

    private int Phase => Volatile.Read(ref _state) & PhaseMask;

    private Deadline? OutermostExpired() => Outer?.OutermostExpired() ?? (IsExpired ? this : null);

    private void Arm()
    {
        if (Limit == TimeSpan.Zero) Fire();
        else if (!_moment.IsArmedUntil(_due)) _clock.Arm(_moment, _due);
    }

    private void Fire()
    {
        lock (_firing)
        {
            int state = Volatile.Read(ref _state);                  // acquire ← [start]
            if ((state & PhaseMask) != Running) return;
            if (_clock.Now < Volatile.Read(ref _due))
            {
                _clock.Arm(_moment, _due);                          // came for an earlier start; if yet another has armed it since, that stands
                return;
            }

            if (Interlocked.CompareExchange(ref _state, state | Expired, state) != state) return;      // full: [expire]
            _source?.Cancel();
            _clock.Disarm(_moment);                                 // last: a clock that comes meanwhile waits here until all have been told
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
            if (Phase == Expired) source.Cancel();
            else if (Phase == Running) _outerToken = outer.UnsafeRegister(static own => ((CancellationTokenSource)own!).Cancel(), source);
            return source;
        }
    }

    private sealed class Moment(Deadline owner) : DeadlineEntry
    {
        public override void Come()
        {
            if (owner.Phase != Running) Interlocked.MemoryBarrierProcessWide();     // full, for every processor: starts before it are seen by Fire
            owner.Fire();
        }
    }
}
