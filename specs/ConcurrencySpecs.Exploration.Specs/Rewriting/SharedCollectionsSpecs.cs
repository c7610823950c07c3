using System.Text;
using ConcurrencySpecs.Exploration;

/// <summary>The framework's collections are not rewritten; each call on one is a step on the whole object.</summary>
public sealed class A_collection_of_the_framework
{
    [Fact]
    public void shared_without_a_lock_shows_check_and_act_apart() => Finds(() =>
    {
        var index = new Dictionary<string, int>();
        Together.Run(() => AddOnce(index), () => AddOnce(index));

        static void AddOnce(Dictionary<string, int> to)
        {
            if (to.Count == 0) to.Add("a", 1);
        }
    });

    [Fact]
    public void changed_while_another_thread_enumerates_throws() => Finds(() =>
    {
        List<int> items = [1, 2];
        int sum = 0;
        Together.Run(() => items.Add(3), () => { foreach (int item in items) sum += item; });
    });

    [Fact]
    public void read_by_linq_is_ordered_against_writers() => Sees([0, 1], seen =>
    {
        List<int> items = [];
        int count = 0;
        Together.Run(() => items.Add(3), () => count = items.Count(item => item > 0));
        seen.Add(count);
    });

    [Fact]
    public void that_is_a_builder_shows_every_order() => Sees(["ab", "ba"], seen =>
    {
        var text = new StringBuilder();
        Together.Run(() => text.Append('a'), () => text.Append('b'));
        seen.Add(text.ToString());
    });

    [Fact]
    public void copied_to_an_array_meets_the_accesses_of_its_elements() => Sees([0, 7], seen =>
    {
        List<int> items = [7];
        int[] target = [0];
        int first = -1;
        Together.Run(() => items.CopyTo(target), () => first = target[0]);
        seen.Add(first);
    });

    [Fact]
    public void that_threads_only_read_adds_no_schedule()
    {
        ExplorationResult result = Explore.Every(() =>
        {
            List<int> items = [1, 2, 3];
            Together.Run(() => Assert.Equal(3, items.Count), () => Assert.Contains(2, items));
        });
        Assert.True(result.Exhausted);
        Assert.Equal(1, result.Schedules);
    }

    private static void Finds(Action body) => Assert.Throws<ExplorationFailedException>(() => { Explore.Every(body); });

    private static void Sees<T>(T[] expected, Action<Tally<T>> body) where T : notnull
    {
        var seen = new Tally<T>();
        Assert.True(Explore.Every(() => body(seen)).Exhausted);
        Assert.Equal(expected.Order(), seen.Values.Order());
    }
}
