using ConcurrencySpecs.Exploration;
using ConcurrencySpecs.Exploration.Scheduling;

public sealed class A_twin_host
{
    [Fact]
    public void constructs_a_class_again_and_explores_calls_through_a_shared_type()
    {
        using var host = TwinHost.For(typeof(RacySum));
        var sum = (IObserver<int>)host.Create();
        Assert.NotEqual(typeof(RacySum), sum.GetType());
        ExplorationResult result = host.Every(() =>
        {
            sum.OnNext(0);
            TwinHost.Together(() => sum.OnNext(1), () => sum.OnNext(1));
            TwinHost.Unobserved(sum.OnCompleted);
        });
        Assert.NotNull(result.Counterexample);
        Assert.Contains("lost an update", result.Counterexample.Verdict, StringComparison.Ordinal);
        Assert.False(result.Exhausted);
    }

    [Fact]
    public void takes_no_step_while_unobserved()
    {
        using var host = TwinHost.For(typeof(RacySum));
        var sum = (IObserver<int>)host.Create();
        ExplorationResult result = host.Every(() =>
            TwinHost.Together(() => TwinHost.Unobserved(() => sum.OnNext(1)), () => TwinHost.Unobserved(() => sum.OnNext(1))));
        Assert.True(result.Exhausted);
        Assert.Equal(1, result.Schedules);
    }

    [Fact]
    public void explores_one_program_after_the_other()
    {
        using var host = TwinHost.For(typeof(RacySum));
        var sum = (IObserver<int>)host.Create();
        ExplorationResult first = host.Every(() => TwinHost.Together(() => sum.OnNext(1), () => sum.OnNext(1)));
        ExplorationResult second = host.Every(() => TwinHost.Together(() => sum.OnNext(1), () => sum.OnNext(1)));
        Assert.True(first.Exhausted);
        Assert.True(first.Schedules > 1);
        Assert.Equal(first.Schedules, second.Schedules);
    }

    [Fact]
    public void shares_a_long_search_with_hosts_on_other_cores()
    {
        using var host = TwinHost.For(typeof(AtomicCount));
        var hosts = new Tally<TwinHost>();
        ExplorationResult result = host.Every(another =>
        {
            hosts.Add(another);
            var count = (IObserver<int>)another.Create();
            return new(() => TwinHost.Together(() => count.OnNext(4), () => count.OnNext(4), () => count.OnNext(3)));
        });
        Assert.True(result.Exhausted, result.ToString());
        Assert.Equal(11_550, result.Schedules);        // 11! / (4! 4! 3!)
        Assert.Equal(ExplorationRun.Cores, hosts.Values.Count);
    }

    [Fact]
    public void names_the_class_when_no_constructor_fits()
    {
        using var host = TwinHost.For(typeof(RacySum));
        var refused = Assert.Throws<ExplorationRefusedException>(() => host.Create(42));
        Assert.Contains("RacySum", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Int32", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void shares_nothing_with_another_host()
    {
        using var one = TwinHost.For(typeof(RacySum));
        using var other = TwinHost.For(typeof(RacySum));
        Assert.NotEqual(one.Twin, other.Twin);
        Assert.NotEqual(one.Twin.Assembly, other.Twin.Assembly);
    }

    [Fact] public void together_belongs_into_an_exploration() => Assert.Throws<InvalidOperationException>(() => TwinHost.Together(() => { }));

    /// <summary>Counts so often, each time in one step.</summary>
    private sealed class AtomicCount : IObserver<int>
    {
        private int _count;

        public void OnNext(int value)
        {
            for (int i = 0; i < value; i++) Interlocked.Increment(ref _count);
        }

        public void OnCompleted() { }

        public void OnError(Exception error) => throw error;
    }

    /// <summary>0 begins anew; other numbers are added without a lock.</summary>
    private sealed class RacySum : IObserver<int>
    {
        private int _sum;

        public void OnNext(int value) => _sum = value == 0 ? 0 : _sum + value;

        public void OnCompleted()
        {
            Assert.Null(Execution.Current);
            if (_sum != 2) throw new InvalidOperationException("lost an update");
        }

        public void OnError(Exception error) => throw error;
    }
}
