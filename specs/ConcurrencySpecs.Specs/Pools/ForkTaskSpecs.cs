using ConcurrencySpecs.Pools;

public sealed class A_fork
{
    [Theory, InlineData(1), InlineData(2), InlineData(4)]
    public async Task computes_what_its_parts_compute(int workers)
    {
        await using var pool = new WorkerPool(new() { Workers = workers });
        Assert.Equal(28657, await pool.RunAsync(new Fibonacci(23)));
    }

    [Fact]
    public async Task runs_both_functions_and_gives_both_results()
    {
        await using var pool = new WorkerPool(new() { Workers = 2 });
        Assert.Equal(("a", 2), await pool.RunAsync(() => WorkerPool.Both(() => "a", () => 2)));
        Assert.Equal(144, await pool.RunAsync(() => Both(12)));

        static int Both(int n)
        {
            if (n < 2) return n;
            (int one, int two) = WorkerPool.Both(() => Both(n - 1), () => Both(n - 2));
            return one + two;
        }
    }

    [Fact]
    public async Task throws_the_error_of_a_part_where_it_is_joined()
    {
        await using var pool = new WorkerPool(new() { Workers = 2 });
        for (int round = 0; round < 200; round++)
        {
            await Assert.ThrowsAsync<FormatException>(() => pool.RunAsync(() => WorkerPool.Both(() => 1, int () => throw new FormatException("second"))));
            await Assert.ThrowsAsync<TimeoutException>(() => pool.RunAsync(() =>
                WorkerPool.Both(int () => throw new TimeoutException("first"), int () => throw new FormatException("second"))));
        }
    }

    [Fact]
    public async Task waits_for_the_thief_of_a_part()
    {
        await using var pool = new WorkerPool(new() { Workers = 2 });
        using var stolen = new ManualResetEventSlim();
        int result = await pool.RunAsync(() => WorkerPool.Both(
            () => { stolen.Wait(CancellationToken.None); return 1; },
            () => { stolen.Set(); return 2; }).Second);
        Assert.Equal(2, result);
    }

    [Fact]
    public async Task is_refused_outside_of_a_pool_and_when_it_is_joined_or_forked_twice()
    {
        Assert.Throws<InvalidOperationException>(() => new Fibonacci(1).Fork());
        Assert.Throws<InvalidOperationException>(() => new Fibonacci(1).Join());
        Assert.Throws<InvalidOperationException>(() => WorkerPool.Both(() => 1, () => 2));
        await using var pool = new WorkerPool(new() { Workers = 1 });
        await pool.RunAsync(() =>
        {
            var part = new Fibonacci(1);
            Assert.Throws<InvalidOperationException>(() => part.Join());
            part.Fork();
            Assert.Throws<InvalidOperationException>(part.Fork);
            Assert.Equal(1, part.Join());
            Assert.Throws<InvalidOperationException>(() => part.Join());
        });
    }

    private sealed class Fibonacci(int n) : ForkTask<int>
    {
        protected override int Compute() => Of(n);

        private static int Of(int n)
        {
            if (n < 2) return n;
            var second = new Fibonacci(n - 2);
            second.Fork();
            return Of(n - 1) + second.Join();
        }
    }
}
