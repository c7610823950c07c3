using System.Threading.Tasks.Sources;
using ConcurrencySpecs.Exploration;

/// <summary>Sources of value tasks as a program writes them, with the platform's core inside.</summary>
public sealed class A_value_task_source_under_exploration
{
    [Fact]
    public void resumes_the_one_who_awaits_it() => Exhausts(async () =>
    {
        var reply = new Reply();
        Task<int> answer = Task.Run(async () => await reply.Answer);
        Task asked = Task.Run(() => reply.Set(7));
        Assert.Equal(7, await answer);
        await asked;
    });

    [Fact]
    public void runs_the_continuation_inside_the_call_that_completes_it() =>
        Finds("ran under the lock of the one who completed it", () => CompleteUnderLock(asynchronously: false));

    [Fact]
    public void runs_it_elsewhere_when_continuations_are_asynchronous() => Exhausts(() => CompleteUnderLock(asynchronously: true));

    [Fact]
    public void hands_on_the_exception_that_it_was_given() => Exhausts(async () =>
    {
        var reply = new Reply();
        Task asked = Task.Run(() => reply.Fail(new FormatException("no number")));
        try
        {
            await reply.Answer;
            Assert.Fail("there is no answer");
        }
        catch (FormatException)
        {
            await asked;
        }
    });

    [Fact]
    public void may_be_used_again_once_its_result_is_taken() => Exhausts(async () =>
    {
        var reply = new Reply();
        for (int round = 1; round <= 2; round++)
        {
            int sent = round;
            Task asked = Task.Run(() => reply.Set(sent));
            Assert.Equal(sent, await reply.Answer);
            await asked;
            reply.Again();
        }
    });

    [Fact]
    public void that_is_used_again_too_early_is_found() => Finds("InvalidOperationException", async () =>
    {
        var reply = new Reply();
        ValueTask<int> answer = reply.Answer;
        Task asked = Task.Run(() =>
        {
            reply.Set(7);
            reply.Again();      // the result may not have been taken yet
        });
        Assert.Equal(7, await answer);
        await asked;
    });

    [Fact]
    public void that_is_completed_twice_is_found() => Finds("InvalidOperationException", async () =>
    {
        var reply = new Reply();
        await Task.WhenAll(Task.Run(() => reply.Set(1)), Task.Run(() => reply.Set(2)));
    });

    [Fact]
    public void that_nobody_completes_is_found() => Finds("Deadlock", async () => await new Reply().Answer);

    [Fact]
    public void becomes_a_task() => Exhausts(async () =>
    {
        var reply = new Reply();
        Task<int> answer = reply.Answer.AsTask();
        Task asked = Task.Run(() => reply.Set(7));
        Assert.Equal(7, await answer.WaitAsync(Timeout.InfiniteTimeSpan));
        await asked;
    });

    [Fact]
    public void is_cancelled_or_completed_whoever_comes_first() => Exhausts(async () =>
    {
        using var cancel = new CancellationTokenSource();
        var reply = new Reply();
        using CancellationTokenRegistration registration = cancel.Token.Register(() => reply.TryFail(new OperationCanceledException(cancel.Token)));
        Task asked = Task.Run(() => reply.TrySet(7)), cancelled = Task.Run(cancel.Cancel);
        try
        {
            Assert.Equal(7, await reply.Answer);
        }
        catch (OperationCanceledException)
        {
            Assert.True(cancel.IsCancellationRequested);
        }
        await asked;
        await cancelled;
    });

    [Fact]
    public void is_completed_in_time_or_too_late() => Exhausts(async () =>
    {
        var reply = new Reply();
        Task asked = Task.Run(() => reply.Set(7));
        try
        {
            Assert.Equal(7, await reply.Answer.AsTask().WaitAsync(TimeSpan.FromSeconds(1)));
        }
        catch (TimeoutException)
        {
        }
        await asked;
    });

    [Fact]
    public void of_an_object_pool_is_never_in_two_hands() => Exhausts(async () =>
    {
        var desk = new Desk();
        int inside = 0;
        async Task Use()
        {
            await desk.Enter();
            Assert.Equal(1, ++inside);
            await Task.Yield();
            inside--;
            desk.Leave();
        }
        await Task.WhenAll(Task.Run(Use), Task.Run(Use));
    });

    [Fact]
    public void of_an_object_pool_that_hands_over_too_early_is_found() => Finds("two inside", async () =>
    {
        var desk = new Desk(careless: true);
        int inside = 0;
        async Task Use()
        {
            await desk.Enter();
            if (++inside != 1) throw new InvalidOperationException("two inside");
            await Task.Yield();
            inside--;
            desk.Leave();
        }
        await Task.WhenAll(Task.Run(Use), Task.Run(async () =>
        {
            await Use();
            await Use();
        }));
    });

    [Fact]
    public void ends_without_harm_when_its_schedule_ends() => Finds("Deadlock", async () =>
    {
        var reply = new Reply();
        object gate = new();
        Task stuck = Task.Run(() =>
        {
            lock (gate) Monitor.Wait(gate);
        });
        Task<int> answer = Task.Run(async () => await reply.Answer);
        await stuck;
        await answer;
    });

    private static async Task CompleteUnderLock(bool asynchronously)
    {
        var reply = new Reply(asynchronously);
        object gate = new();
        bool inside = false;
        async Task Follow()
        {
            await reply.Answer;
            if (Monitor.IsEntered(gate)) inside = true;
        }
        Task follow = Follow();
        lock (gate) reply.Set(1);
        await follow;
        if (inside) throw new InvalidOperationException("ran under the lock of the one who completed it");
    }

    private static void Exhausts(Func<Task> body) => Assert.True(Explore.Every(body).Exhausted);

    private static void Finds(string what, Func<Task> body) =>
        Assert.Contains(what, Assert.Throws<ExplorationFailedException>(() => Explore.Every(body)).ToString(), StringComparison.Ordinal);

    /// <summary>One answer, again and again.</summary>
    private sealed class Reply : IValueTaskSource<int>
    {
        private ManualResetValueTaskSourceCore<int> _core;
        private int _claimed;

        public Reply(bool asynchronously = false) => _core.RunContinuationsAsynchronously = asynchronously;

        public ValueTask<int> Answer => new(this, _core.Version);

        public void Set(int answer) => _core.SetResult(answer);
        public void Fail(Exception why) => _core.SetException(why);
        public void Again() => _core.Reset();

        public void TrySet(int answer)
        {
            if (Interlocked.Exchange(ref _claimed, 1) == 0) Set(answer);
        }

        public void TryFail(Exception why)
        {
            if (Interlocked.Exchange(ref _claimed, 1) == 0) Fail(why);
        }

        int IValueTaskSource<int>.GetResult(short token) => _core.GetResult(token);
        ValueTaskSourceStatus IValueTaskSource<int>.GetStatus(short token) => _core.GetStatus(token);
        void IValueTaskSource<int>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
            _core.OnCompleted(continuation, state, token, flags);
    }

    /// <summary>An asynchronous lock: those who wait do so at sources that go back to a pool when their turn has come.</summary>
    private sealed class Desk(bool careless = false)
    {
        private readonly object _gate = new();
        private readonly Queue<Turn> _waiting = new();
        private readonly Stack<Turn> _pool = new();
        private bool _taken;

        public ValueTask Enter()
        {
            lock (_gate)
            {
                if (!_taken)
                {
                    _taken = true;
                    return ValueTask.CompletedTask;
                }
                if (!_pool.TryPop(out Turn? turn)) turn = new Turn(this);
                _waiting.Enqueue(turn);
                return turn.Come;
            }
        }

        public void Leave()
        {
            Turn? next;
            lock (_gate)
            {
                bool someone = _waiting.TryDequeue(out next);
                _taken = someone && !careless;
            }
            next?.Call();
        }

        private void Back(Turn turn)
        {
            lock (_gate) _pool.Push(turn);
        }

        private sealed class Turn(Desk desk) : IValueTaskSource
        {
            private ManualResetValueTaskSourceCore<bool> _core = new() { RunContinuationsAsynchronously = true };

            public ValueTask Come => new(this, _core.Version);

            public void Call() => _core.SetResult(true);

            void IValueTaskSource.GetResult(short token)
            {
                _core.GetResult(token);
                _core.Reset();
                desk.Back(this);
            }

            ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _core.GetStatus(token);
            void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
                _core.OnCompleted(continuation, state, token, flags);
        }
    }
}
