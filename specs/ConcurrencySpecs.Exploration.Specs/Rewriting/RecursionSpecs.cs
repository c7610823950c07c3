using ConcurrencySpecs.Exploration;

public sealed class A_recursion_without_a_step
{
    public static TheoryData<string> Kinds => [.. Endless.All.Keys];

    [Theory, MemberData(nameof(Kinds))]
    public void that_never_ends_fails_and_leaves_the_process_usable(string kind)
    {
        var failed = Assert.Throws<ExplorationFailedException>(() => Explore.Every(() =>
        {
            var flag = new Flag();
            Task.WaitAll(Task.Run(flag.Raise), Task.Run(() => Endless.All[kind](1)));
        }));
        Assert.Contains("threw InsufficientExecutionStackException: Calls within calls have used up the stack", failed.Message, StringComparison.Ordinal);
        Assert.True(Explore.Every(() => { }).Exhausted);
    }

    [Fact]
    public void may_be_as_deep_as_a_stack_allows()
    {
        ExplorationResult result = Explore.Every(() => Assert.Equal(1000, Endless.Down(1000)));
        Assert.True(result.Exhausted);
    }

    [Fact]
    public void may_hold_a_lock_at_each_of_its_depths_when_the_schedule_ends()
    {
        var failed = Assert.Throws<ExplorationFailedException>(() => Explore.Every(() =>
        {
            var never = new SemaphoreSlim(0);
            Together.Run(() => Endless.Holding(100, never), () => throw new NotSupportedException("enough"));
        }));
        Assert.Contains("enough", failed.Message, StringComparison.Ordinal);
        Assert.True(Explore.Every(() => { }).Exhausted);
    }

    /// <summary>Methods that call themselves: at once, over another, as a delegate, virtually, through an interface, over the framework, in a state machine.</summary>
    private abstract class Endless : IComparable<int>
    {
        private static readonly Inner _inner = new();

        private static Func<int, int> Again { get; } = depth => Again!(depth + 1) + depth;

        public static Dictionary<string, Func<int, int>> All { get; } = new()
        {
            ["itself"] = Itself,
            ["each other"] = Ping,
            ["a delegate"] = depth => Again(depth),
            ["virtually"] = depth => _inner.Virtually(depth),
            ["an interface"] = depth => _inner.CompareTo(depth),
            ["the framework"] = OverTheFramework,
            ["async"] = depth => Awaiting(depth).Result,
            ["an iterator"] = depth => Iterating(depth).First(),
            ["a constructor"] = depth => new Chain(depth).Depth,
        };

        public static int Down(int depth) => depth == 0 ? 0 : 1 + Down(depth - 1);

        public static void Holding(int depth, SemaphoreSlim never)
        {
            lock (new object())
            {
                if (depth == 0) never.Wait();
                else Holding(depth - 1, never);
            }
        }

        public abstract int Virtually(int depth);

        public abstract int CompareTo(int other);

        private static int Itself(int depth) => Itself(depth + 1) + depth;

        private static int Ping(int depth) => Pong(depth + 1) + depth;

        private static int Pong(int depth) => Ping(depth + 1) + depth;

        private static int OverTheFramework(int depth) => Enumerable.Range(0, 2).Sum(each => OverTheFramework(each) + depth);

        private static async Task<int> Awaiting(int depth) => await Awaiting(depth + 1) + depth;

        private static IEnumerable<int> Iterating(int depth)
        {
            foreach (int each in Iterating(depth + 1)) yield return each;
        }

        private sealed class Inner : Endless
        {
            public override int Virtually(int depth) => Called(this, depth + 1) + depth;

            public override int CompareTo(int other) => ((IComparable<int>)this).CompareTo(other + 1) + other;

            private static int Called(Endless on, int depth) => on.Virtually(depth);
        }

        private sealed class Chain(int depth)
        {
            public int Depth { get; } = new Chain(depth + 1).Depth;
        }
    }
}
