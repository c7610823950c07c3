using System.Diagnostics;
using ConcurrencySpecs.Exploration;
using ConcurrencySpecs.Timeouts;

public sealed class A_scope_of_a_deadline
{
    private static readonly TimeSpan _second = TimeSpan.FromSeconds(1);
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void returns_what_the_work_returned_in_time()
    {
        Assert.Equal(3, Deadline.Run(_second, _clock, _ => 3));
        Assert.Null(Deadline.Current);
    }

    [Fact]
    public void does_not_begin_work_without_time()
    {
        bool begun = false;
        Assert.Throws<DeadlineExpiredException>(() => Deadline.Run(TimeSpan.Zero, _ => begun = true));
        Assert.False(begun);
    }

    [Fact]
    public void lets_the_error_of_the_work_through_when_that_was_in_time()
    {
        Assert.Throws<FormatException>(() => Deadline.Run<int>(_second, _clock, _ => throw new FormatException()));
        Assert.Null(Deadline.Current);
    }

    [Fact]
    public void keeps_the_error_of_work_that_was_too_late_inside_its_expiry() =>
        Assert.IsType<FormatException>(Assert.Throws<DeadlineExpiredException>(() => Deadline.Run<int>(_second, _clock, _ =>
        {
            _clock.Advance(_second);
            throw new FormatException();
        })).InnerException);

    [Fact]
    public void tells_its_expiry_although_the_work_has_swallowed_it()
    {
        var expiry = Assert.Throws<DeadlineExpiredException>(() => Deadline.Run(_second, _clock, outer => Deadline.Run(5 * _second, _clock, inner =>
        {
            _clock.Advance(_second);
            try { inner.ThrowIfExpired(); }
            catch (DeadlineExpiredException expiry) { Assert.Same(outer, expiry.Deadline); }
            return 0;
        })));
        Assert.Equal(_second, expiry.Deadline.Limit);
    }

    [Fact]
    public void cancels_the_token_of_an_inner_scope_with_its_own()
    {
        Assert.Throws<DeadlineExpiredException>(() => Deadline.Run(_second, _clock, outer => Deadline.Run(5 * _second, _clock, inner =>
        {
            CancellationToken token = inner.Token;
            Assert.Same(outer, inner.Outer);
            Assert.Equal(_second, inner.Remaining);
            _clock.Advance(_second);
            Assert.True(token.IsCancellationRequested && outer.IsExpired && !inner.IsExpired);
            return 0;
        })));
    }

    [Fact]
    public void goes_on_after_an_inner_scope_has_expired()
    {
        int result = Deadline.Run(5 * _second, _clock, outer =>
        {
            var expiry = Assert.Throws<DeadlineExpiredException>(() => Deadline.Run(_second, _clock, inner => { _clock.Advance(_second); return 0; }));
            Assert.NotSame(outer, expiry.Deadline);
            Assert.Equal(4 * _second, outer.Remaining);
            return 7;
        });
        Assert.Equal(7, result);
    }

    [Fact]
    public async Task follows_work_that_awaits()
    {
        int depth = await Deadline.RunAsync(_second, async outer =>
        {
            await Task.Yield();
            Assert.Same(outer, Deadline.Current);
            return await Deadline.RunAsync(_second, async inner =>
            {
                await Task.Yield();
                Assert.Same(inner, Deadline.Current);
                return inner.Outer == outer ? 2 : 0;
            });
        });
        Assert.Equal(2, depth);
        Assert.Null(Deadline.Current);
        await Assert.ThrowsAsync<DeadlineExpiredException>(() => Deadline.RunAsync(TimeSpan.FromMilliseconds(5), async scope =>
        {
            await Task.Delay(Timeout.Infinite, scope.Token);
            return 0;
        }));
    }

    [Fact]
    public async Task is_no_longer_the_outer_one_of_a_task_that_outlives_it()
    {
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<Deadline?>? late = null;
        Deadline.Run(_second, _ => (late = Task.Run(async () =>
        {
            await end.Task;
            return Deadline.Run(_second, scope => scope.Outer);
        })).Id);
        end.SetResult();
        Assert.Null(await late!);
    }

    [Fact]
    public void wraps_a_function()
    {
        Func<int> fast = Timeout.Wrap(() => 3, _second);
        Func<int, int> given = Timeout.Wrap((int argument, CancellationToken _) => argument + 1, _second);
        Func<bool> slow = Timeout.Wrap(token => token.WaitHandle.WaitOne(), TimeSpan.FromMilliseconds(5));
        Assert.Equal((3, 8), (fast(), given(7)));
        Assert.Throws<DeadlineExpiredException>(() => slow());
        Assert.Throws<DeadlineExpiredException>(() => slow());
    }

    [Fact]
    public async Task wraps_a_function_that_awaits()
    {
        Func<Task<int>> slow = Timeout.Wrap(async token =>
        {
            await Task.Delay(Timeout.Infinite, token);
            return 0;
        }, TimeSpan.FromMilliseconds(5));
        await Assert.ThrowsAsync<DeadlineExpiredException>(slow);
    }

    [Fact]
    public async Task wraps_a_function_that_awaits_with_and_without_a_token_and_a_result()
    {
        var limit = TimeSpan.FromMilliseconds(5);
        Func<Task> heedsToken = Timeout.Wrap(token => Task.Delay(Timeout.Infinite, token), limit);
        Func<Task> heedsScope = Timeout.Wrap(() => Task.Delay(Timeout.Infinite, Deadline.Current!.Token), limit);
        Func<Task<int>> returns = Timeout.Wrap(async () =>
        {
            await Task.Delay(Timeout.Infinite, Deadline.Current!.Token);
            return 0;
        }, limit);
        foreach (Func<Task> slow in (Func<Task>[])[heedsToken, heedsScope, returns, () => Deadline.RunAsync(limit, scope => Task.Delay(-1, scope.Token))])
            await Assert.ThrowsAsync<DeadlineExpiredException>(slow);
        Assert.Equal(3, await Timeout.Wrap(() => Task.FromResult(3), _second)());
    }

    [Fact]
    public void refuses_a_body_whose_work_would_go_on_after_it_has_returned()
    {
        string message = Assert.Throws<ArgumentException>(Running).Message;
        Assert.Contains("RunAsync", message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => { Timeout.Wrap(() => ValueTask.CompletedTask, _second); });
        Assert.Throws<ArgumentException>(() => { Timeout.Wrap(_ => ValueTask.FromResult(1), _second); });
        Assert.Throws<ArgumentException>(Wrapping);

        static void Running() => Deadline.Run(_second, _ => Task.FromResult(1));

        static void Wrapping() => Timeout.Wrap((int argument, CancellationToken _) => Task.FromResult(argument), _second);
    }

    [Fact]
    public void keeps_its_own_limit_inside_a_wrapped_function_of_another()
    {
        // The naive wrapper around SIGALRM loses the outer timer: the outer limit of 20 ms passed unnoticed.
        Func<int> inner = Timeout.Wrap(() => 1, _second);
        Func<int> outer = Timeout.Wrap(() =>
        {
            int sum = 0;
            for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < TimeSpan.FromMilliseconds(21);) sum += inner();
            return sum;
        }, TimeSpan.FromMilliseconds(20));
        Assert.Equal(TimeSpan.FromMilliseconds(20), Assert.Throws<DeadlineExpiredException>(() => outer()).Deadline.Limit);
    }

    [Fact]
    public void has_one_ending_when_its_limit_and_an_outer_one_meet_on_virtual_time() => Explore.Every(() =>
    {
        var clock = new VirtualClock();
        Deadline? outermost = null;
        string ending = "done";
        try
        {
            Deadline.Run(TimeSpan.FromMilliseconds(5), clock, outer =>
            {
                outermost = outer;
                return Deadline.Run(TimeSpan.FromMilliseconds(5), clock, _ => 0);
            });
            Assert.False(outermost!.IsExpired);
        }
        catch (DeadlineExpiredException expiry)
        {
            ending = expiry.Deadline == outermost ? "outer" : "inner";
            Assert.True(expiry.Deadline.IsExpired);
        }

        Assert.Contains(ending, "done outer inner", StringComparison.Ordinal);
    }, new ExplorationOptions { Schedules = 3_000 });
}
