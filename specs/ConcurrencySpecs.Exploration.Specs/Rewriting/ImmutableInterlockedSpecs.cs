using System.Collections.Immutable;
using ConcurrencySpecs.Exploration;

public sealed class Immutable_interlocked_under_exploration
{
    [Fact]
    public void loses_no_update_and_calls_back_as_often_as_it_has_to()
    {
        var calls = new Tally<int>();
        ExplorationResult result = Explore.Every(() =>
        {
            ImmutableList<int> list = [];
            int tried = 0;
            Task.WaitAll(Task.Run(() => Add(1)), Task.Run(() => Add(2)));
            Assert.Equal([1, 2], list.Order());
            calls.Add(tried);
            void Add(int item) => ImmutableInterlocked.Update(ref list, before =>
            {
                TwinHost.Unobserved(() => tried++);
                return before.Add(item);
            });
        });
        Assert.True(result.Exhausted, result.ToString());
        Assert.Equal([2, 3], calls.Values.Order());
    }

    [Fact]
    public void runs_its_callback_between_the_read_and_the_exchange() =>
        Assert.Contains("seen by the callback", Assert.Throws<ExplorationFailedException>(() => Explore.Every(() =>
        {
            ImmutableArray<int> array = [1];
            int seen = 0;
            Task.WaitAll(Task.Run(() => ImmutableInterlocked.Update(ref array, before => { seen = before.Length; return before.Add(seen); })),
                Task.Run(() => ImmutableInterlocked.Update(ref array, (before, item) => before.Add(item), 7)));
            Assert.True(seen == 1 || array.Length != 3, "seen by the callback");
        })).Message, StringComparison.Ordinal);

    [Fact]
    public void answers_all_who_add_the_same_key_alike()
    {
        var made = new Tally<int>();
        ExplorationResult result = Explore.Every(() =>
        {
            ImmutableDictionary<string, object> things = ImmutableDictionary<string, object>.Empty;
            int count = 0;
            Task<object> one = Task.Run(Get), other = Task.Run(Get);
            Assert.Same(one.Result, other.Result);
            Assert.Equal(3, ImmutableInterlocked.AddOrUpdate(ref things, "n", 3, (_, _) => 4));
            made.Add(count);
            object Get() => ImmutableInterlocked.GetOrAdd(ref things, "key", _ => { Interlocked.Increment(ref count); return new object(); });
        });
        Assert.True(result.Exhausted, result.ToString());
        Assert.Equal([1, 2], made.Values.Order());
    }
}
