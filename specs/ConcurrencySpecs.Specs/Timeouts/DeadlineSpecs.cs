using ConcurrencySpecs.Exploration;
using ConcurrencySpecs.Timeouts;

public sealed class A_deadline
{
    private static readonly TimeSpan _second = TimeSpan.FromSeconds(1);
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void expires_when_the_limit_is_over_and_not_before()
    {
        using var deadline = new Deadline(_second, _clock);
        CancellationToken token = deadline.Token;
        _clock.Advance(TimeSpan.FromMilliseconds(999));
        Assert.False(token.IsCancellationRequested || deadline.IsExpired);
        Assert.Equal(TimeSpan.FromMilliseconds(1), deadline.Remaining);
        deadline.ThrowIfExpired();
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(token.IsCancellationRequested && deadline.IsExpired);
        Assert.Equal(TimeSpan.Zero, deadline.Remaining);
        Assert.Same(deadline, Assert.Throws<DeadlineExpiredException>(deadline.ThrowIfExpired).Deadline);
        Assert.False(deadline.TryComplete());
    }

    [Fact]
    public void does_not_expire_any_more_when_it_is_completed()
    {
        var deadline = new Deadline(_second, _clock);
        CancellationToken token = deadline.Token;
        Assert.True(deadline.TryComplete());
        _clock.Advance(_second);
        Assert.False(token.IsCancellationRequested || deadline.IsExpired);
        Assert.True(deadline.TryComplete());
    }

    [Fact]
    public void counts_completion_after_the_limit_as_expired_even_when_the_clock_has_not_rung()
    {
        _clock.TimersComeEarlyBy = -TimeSpan.FromSeconds(1);       // so late does the timer come
        var deadline = new Deadline(_second, _clock);
        CancellationToken token = deadline.Token;
        _clock.Advance(_second);
        Assert.False(deadline.IsExpired);
        Assert.False(deadline.TryComplete());
        Assert.True(token.IsCancellationRequested);
    }

    [Fact]
    public void starts_anew_once_it_is_completed_and_never_after_its_expiry()
    {
        using var deadline = new Deadline(_second, _clock);
        Assert.False(deadline.TryRestart(_second));
        deadline.TryComplete();
        _clock.Advance(_second);
        Assert.True(deadline.TryRestart(2 * _second));
        Assert.Equal(2 * _second, deadline.Limit);
        _clock.Advance(_second);
        Assert.Equal(_second, deadline.Remaining);
        _clock.Advance(_second);
        Assert.True(deadline.IsExpired);
        Assert.False(deadline.TryRestart(_second));
    }

    [Fact]
    public void expires_when_it_is_restarted_just_as_its_old_moment_comes() => Explore.Every(() =>
    {
        // The moment of the first start comes while the second begins: that one must neither expire for it nor be forgotten.
        var clock = new FakeTimeProvider();
        using var deadline = new Deadline(_second, clock);
        CancellationToken token = deadline.Token;
        Assert.True(deadline.TryComplete());
        Task coming = Task.Run(() => clock.Advance(_second));
        Assert.True(deadline.TryRestart(10 * _second));
        coming.Wait();
        Assert.False(deadline.IsExpired || token.IsCancellationRequested);
        clock.Advance(10 * _second);
        Assert.True(deadline.IsExpired && token.IsCancellationRequested);
    });

    [Fact]
    public void is_not_put_off_when_a_shorter_start_follows_just_as_its_old_moment_comes() => Explore.Every(() =>
    {
        // The first moment comes during the second start and is about to be put off to that one's end; the third start ends long before.
        var clock = new FakeTimeProvider();
        using var deadline = new Deadline(10 * _second, clock);
        deadline.TryComplete();
        deadline.TryRestart(1_000 * _second);
        Task coming = Task.Run(() => clock.Advance(10 * _second));
        Assert.True(deadline.TryComplete() && deadline.TryRestart(_second));
        coming.Wait();
        clock.Advance(_second);
        Assert.True(deadline.IsExpired);
    });

    [Fact]
    public async Task is_not_forgotten_by_processors_that_see_its_restart_late()
    {
        // The old moment comes on another thread while the restart begins: one of the two has to arm the deadline for the new one.
        const int rounds = 60_000;
        (Deadline Deadline, FakeTimeProvider Clock) now = (null!, null!);
        using var both = new Barrier(2);
        Task coming = Task.Run(() =>
        {
            for (int round = 0; round < rounds; round++)
            {
                both.SignalAndWait();
                if (!now.Deadline.IsExpired) now.Clock.Advance(_second);
                both.SignalAndWait();
            }
        });
        int forgotten = 0;
        for (int round = 0; round < rounds; round++)
        {
            var clock = new FakeTimeProvider();
            using var deadline = new Deadline(_second, clock);
            deadline.TryComplete();
            now = (deadline, clock);
            both.SignalAndWait();
            for (int wait = round % 1000; wait > 0; wait--) Volatile.Read(ref forgotten);
            deadline.TryRestart(10 * _second);
            both.SignalAndWait();
            clock.Advance(20 * _second);
            if (!deadline.IsExpired) forgotten++;
        }

        await coming;
        Assert.Equal(0, forgotten);
    }

    [Fact]
    public void is_over_at_once_when_its_limit_is_zero() => Assert.True(new Deadline(TimeSpan.Zero, _clock).Token.IsCancellationRequested);

    [Theory, InlineData(-1), InlineData(long.MaxValue)]
    public void never_expires_when_its_limit_is_infinite(long ticks)
    {
        TimeSpan limit = ticks < 0 ? Timeout.InfiniteTimeSpan : TimeSpan.FromTicks(ticks);
        using var deadline = new Deadline(limit, _clock);
        Assert.Equal(0, _clock.Timers);
        Assert.Equal(Timeout.InfiniteTimeSpan, deadline.Remaining);
    }

    [Theory, InlineData(-2), InlineData(-1000)]
    public void refuses_a_negative_limit(int milliseconds)
    {
        TimeSpan limit = TimeSpan.FromMilliseconds(milliseconds);
        Assert.Throws<ArgumentOutOfRangeException>(nameof(limit), () => new Deadline(limit));
        Assert.Throws<ArgumentOutOfRangeException>(nameof(limit), () => Deadline.Run(limit, _ => 0));
        Assert.Throws<ArgumentOutOfRangeException>(nameof(limit), () => { Timeout.Wrap(() => 0, limit); });
    }

    [Fact]
    public void waits_for_its_callbacks_before_it_says_that_it_has_expired() => Explore.Every(() =>
    {
        var deadline = new Deadline(TimeSpan.FromMilliseconds(5), new VirtualClock());
        bool begun = false, ended = false;
        deadline.Token.Register(() =>
        {
            Volatile.Write(ref begun, true);
            Volatile.Write(ref ended, true);
        });
        bool inTime = deadline.TryComplete();
        Assert.Equal(!inTime, Volatile.Read(ref begun));
        Assert.Equal(!inTime, Volatile.Read(ref ended));
    });

    [Fact]
    public void has_one_winner_on_virtual_time_whoever_completes_it() => Explore.Every(() =>
    {
        var deadline = new Deadline(TimeSpan.FromMilliseconds(5), new VirtualClock());
        Task<bool> first = Task.Run(deadline.TryComplete), second = Task.Run(deadline.TryComplete);
        Task.WaitAll(first, second);
        Assert.Equal(first.Result, second.Result);
        Assert.Equal(first.Result, !deadline.Token.IsCancellationRequested);
    });

    [Fact]
    public void can_be_completed_by_its_own_callback()
    {
        var deadline = new Deadline(_second, _clock);
        bool? inTime = null;
        deadline.Token.Register(() => inTime = deadline.TryComplete());
        _clock.Advance(_second);
        Assert.Equal(false, inTime);
    }

    [Fact]
    public void asks_for_wake_ups_in_the_order_of_the_moments() => Spec.ForAll<byte[]>(limits =>
    {
        var clock = new FakeTimeProvider();
        var own = new ProvidedClock(clock);
        var come = new List<int>();
        Entry[] entries = [.. limits.Select(limit => new Entry(limit, come))];
        foreach (Entry entry in entries) own.Arm(entry, entry.Milliseconds * 1_000_000L);
        Entry[] dropped = [.. entries.Where((_, i) => i % 3 == 2)];
        Assert.All(dropped, entry => Assert.True(own.Disarm(entry)));
        Assert.All(dropped, entry => Assert.False(own.Disarm(entry)));
        for (int i = 0; i <= byte.MaxValue; i++) clock.Advance(TimeSpan.FromMilliseconds(1));
        clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(entries.Except(dropped).Select(entry => (int)entry.Milliseconds).Order(), come);
    });

    private sealed class Entry(byte milliseconds, List<int> come) : DeadlineEntry
    {
        public byte Milliseconds => milliseconds;

        public override void Come() => come.Add(milliseconds);
    }
}
