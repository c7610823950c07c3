using System.Runtime.CompilerServices;
using ConcurrencySpecs.Exploration;

public sealed class A_builder_that_pools
{
    [Fact]
    public void is_explored_like_one_that_does_not()
    {
        ExplorationResult result = Explore.Every(async () =>
        {
            int count = 0;
            ValueTask<int> one = Add(10), other = Add(100);
            await one;
            await other;
            Assert.Equal(110, count);
            [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
            async ValueTask<int> Add(int amount)
            {
                await Task.Yield();
                return Interlocked.Add(ref count, amount);
            }
        });
        Assert.True(result.Exhausted, result.ToString());
    }

    [Fact]
    public void hides_no_lost_update() => Assert.Throws<ExplorationFailedException>(() => Explore.Every(async () =>
    {
        int count = 0;
        await Task.WhenAll(Task.Run(async () => await Add()), Task.Run(async () => await Add()));
        Assert.Equal(2, count);
        [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
        async ValueTask Add()
        {
            await Task.Yield();
            count++;
        }
    }));
}

public sealed class A_method_that_awaits
{
    [Fact]
    public void may_be_about_to_complete_when_the_schedule_ends()
    {
        var failed = Assert.Throws<ExplorationFailedException>(() => Explore.Every(() =>
        {
            var gate = new TaskCompletionSource();
            Task method = After(gate.Task);
            var opens = new Thread(gate.SetResult);
            var looks = new Thread(() =>
            {
                if (gate.Task.IsCompleted && !method.IsCompleted) throw new InvalidOperationException("in between");
            });
            opens.Start();
            looks.Start();
            opens.Join();
            looks.Join();
        }));
        Assert.Contains("in between", failed.Message, StringComparison.Ordinal);
        static async Task After(Task gate) => await gate;
    }
}

public sealed class A_method_that_nobody_can_await
{
    // Once ended the process: the runtime throws such an exception in the thread pool, where no context is.
    [Theory, InlineData(false), InlineData(true)]
    public void fails_the_schedule_in_which_it_throws(bool suspended)
    {
        var failed = Assert.Throws<ExplorationFailedException>(() => Explore.Every(() =>
        {
            Throw(suspended);
            Thread.Sleep(1);
        }));
        Assert.Contains("InvalidOperationException: nobody waits", failed.Message, StringComparison.Ordinal);
        static async void Throw(bool suspended)
        {
            if (suspended) await Task.Yield();
            throw new InvalidOperationException("nobody waits");
        }
    }

    [Fact]
    public void may_be_under_way_when_the_schedule_ends()
    {
        var failed = Assert.Throws<ExplorationFailedException>(() => Explore.Every(() =>
        {
            var gate = new object();
            var holder = new Thread(() =>
            {
                lock (gate) throw new InvalidOperationException("inside");
            });
            holder.Start();
            Enter(gate);
            holder.Join();
        }));
        Assert.Contains("inside", failed.Message, StringComparison.Ordinal);
        static async void Enter(object gate)
        {
            await Task.Yield();
            lock (gate) { }
        }
    }
}
