using ConcurrencySpecs.Exploration;
using ConcurrencySpecs.Exploration.Explanation;

/// <summary>What a schedule says of calls that get an address: whose it is, and what stood and stands there.</summary>
public sealed class The_place_that_a_call_is_given
{
    [Fact]
    public void is_named_with_its_value_before_and_after()
    {
        string told = Told(static () => Alone(new Packed(), packed => Interlocked.Add(ref packed.Count, 3)));
        Assert.Contains("updates Packed.Count: 2 → 5", told, StringComparison.Ordinal);
    }

    [Fact]
    public void is_named_where_an_exchange_changes_nothing()
    {
        string told = Told(static () => Alone(new Packed(), packed => Interlocked.CompareExchange(ref packed.Count, 9, 8)));
        Assert.Contains("tries Packed.Count: 2 ✗", told, StringComparison.Ordinal);
    }

    [Fact]
    public void is_named_for_a_volatile_access()
    {
        string told = Told(static () => Alone(new Packed(), packed =>
        {
            if (Volatile.Read(ref packed.Count) == 2) Volatile.Write(ref packed.Flag, true);
        }));
        Assert.Contains("reads Packed.Count: 2", told, StringComparison.Ordinal);
        Assert.Contains("writes Packed.Flag: true", told, StringComparison.Ordinal);
    }

    [Fact]
    public void is_what_the_parameter_is_called_where_the_caller_chose_it()
    {
        string told = Told(static () => Alone(new Packed(), packed => Raise(ref packed.Count)));
        Assert.Contains("updates counter: 2 → 3", told, StringComparison.Ordinal);
    }

    [Fact]
    public void is_not_guessed_where_two_paths_choose_it()
    {
        string told = Told(static () => Alone(new Packed(), packed => Interlocked.Increment(ref packed.Flag ? ref packed.Count : ref packed.Other)));
        Assert.Contains("Interlocked.Increment: 0 → 1", told, StringComparison.Ordinal);
    }

    [Fact]
    public void says_its_value_rather_than_its_type_where_there_is_little_room()
    {
        string told = Told(static () =>
        {
            var packed = new Packed();
            Thread[] threads = [.. Enumerable.Range(0, 3).Select(_ => new Thread(() => Interlocked.Add(ref packed.Wide, 1L << 32)))];
            foreach (Thread thread in threads) thread.Start();
            foreach (Thread thread in threads) thread.Join();
            Assert.Equal(0, packed.Wide);
        });
        Assert.Contains(" Wide: 7 → 1·2³²+7", told, StringComparison.Ordinal);
    }

    [Fact]
    public void shows_a_number_above_half_a_word_as_its_halves()
    {
        Assert.Equal("4294967295", ValueText.Of(uint.MaxValue));
        Assert.Equal("2·2³²+5", ValueText.Of((2L << 32) + 5));
        Assert.Equal("-3", ValueText.Of(-3L));
    }

    private static void Alone(Packed packed, Action<Packed> action)
    {
        var thread = new Thread(() => action(packed));
        thread.Start();
        thread.Join();
        Assert.Fail("on purpose");
    }

    private static void Raise(ref int counter) => Interlocked.Increment(ref counter);

    private static string Told(Action body) =>
        Assert.Throws<ExplorationFailedException>(() => Explore.Every(body)).Result.Counterexample!.Explanation;

    private sealed class Packed
    {
        public int Count = 2;
        public int Other;
        public bool Flag;
        public long Wide = 7;
    }
}
