using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
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
    public void changed_while_another_thread_enumerates_it_as_an_interface_throws() => Finds(() =>
    {
        List<int> items = [1, 2];
        IReadOnlyList<int> seen = items;
        int sum = 0;
        Together.Run(() => items.Add(3), () => { foreach (int item in seen) sum += item; });
    });

    [Fact]
    public void changed_while_a_query_over_it_is_under_way_throws() => Finds(() =>
    {
        List<int> items = [1, 2];
        int sum = 0;
        Together.Run(() => items.Add(3), () => { foreach (int item in items.Where(item => item > 0).Select(item => item + 1)) sum += item; });
    });

    [Fact]
    public void changed_while_it_calls_back_for_each_item_throws() => Finds(() =>
    {
        List<int> items = [1, 2];
        int sum = 0;
        Together.Run(() => items.Add(3), () => items.ForEach(item => sum += item));
    });

    // 8 is the first item as it was before both changes, and the second as it is after them.
    [Theory, InlineData("all"), InlineData("sum"), InlineData("prepared"), InlineData("array")]
    public void is_read_anew_after_each_callback(string way) => Sees([2, 6, 8, 12], seen =>
    {
        List<int> items = [1, 1];
        int[] array = [1, 1];
        IEnumerable<int> prepared = items.Select(item => item);
        int sum = 0;
        Together.Run(
            () =>
            {
                items[0] = array[0] = 5;
                items[1] = array[1] = 7;
            },
            () =>
            {
                if (way == "all") items.TrueForAll(item => (sum += item) > 0);
                else if (way == "sum") sum = items.Sum(item => item);
                else if (way == "prepared") sum = prepared.ToArray().Sum();
                else Array.ForEach(array, item => sum += item);
            });
        seen.Add(sum);
    });

    // "0 0": the flag was down when the collection asked, and up before the collection had changed.
    [Theory, InlineData("key"), InlineData("comparer"), InlineData("created comparer"), InlineData("sort"), InlineData("iterator"), InlineData("text")]
    public void changes_after_code_of_the_program_that_it_asks(string whom) => Sees(["0 0", "0 1", "1 0", "1 1"], seen =>
    {
        var asked = new Asked();
        var index = new Dictionary<object, int>(whom == "comparer" ? asked : whom == "created comparer" ? Created(asked) : null);
        List<int> items = whom == "sort" ? [0, 1] : [];
        var text = new StringBuilder();
        int changed = 0;
        Together.Run(
            () =>
            {
                if (whom == "sort") items.Sort(asked);
                else if (whom == "iterator") items.AddRange(asked.Items());
                else if (whom == "text") text.Append((object)asked);
                else index.Add(asked, 1);
            },
            () =>
            {
                asked.Flag = 1;
                changed = whom == "sort" ? items[0] : whom == "iterator" ? items.Count : whom == "text" ? text.Length : index.Count;
            });
        seen.Add($"{asked.Seen} {changed}");

        static EqualityComparer<object> Created(Asked asked) =>
            EqualityComparer<object>.Create((a, b) => a == b, a => asked.Look());
    });

    [Fact]
    public void adds_no_schedule_by_asking_code_that_takes_no_step()
    {
        ExplorationResult result = Explore.Every(() =>
        {
            List<int> items = [2, 1];
            Together.Run(() => items.Sort((a, b) => a - b), () => items.Sort((a, b) => b - a));
        });
        Assert.Equal(2, result.Schedules);
    }

    private sealed class Asked : IEqualityComparer<object>, IComparer<int>
    {
        public int Flag, Seen;

        public int Look()
        {
            Seen = Flag;
            return 7;
        }

        public IEnumerable<int> Items()
        {
            yield return Look();
        }

        public int Compare(int x, int y)
        {
            if (x != y) Look();
            return y - x;
        }

        bool IEqualityComparer<object>.Equals(object? x, object? y) => x == y;
        int IEqualityComparer<object>.GetHashCode(object obj) => Look();
        public override bool Equals(object? obj) => obj == this;
        public override int GetHashCode() => Look();
        public override string ToString() => $"{Look() - 6}";
    }

    [Fact]
    public void is_read_by_a_query_when_the_query_is_asked() => Sees([0, 1], seen =>
    {
        List<int> items = [];
        IEnumerable<int> query = items.Where(item => item > 0);
        int count = 0;
        Together.Run(() => items.Add(3), () => count = query.Count());
        seen.Add(count);
    });

    [Fact]
    public void that_is_an_array_is_read_by_a_query_when_the_query_is_asked() => Sees([0, 1], seen =>
    {
        int[] items = [0];
        IEnumerable<int> query = items.Where(item => item > 0);
        int count = 0;
        Together.Run(() => items[0] = 3, () => count = query.Count());
        seen.Add(count);
    });

    [Fact]
    public void shows_its_changes_through_a_wrapper_made_before() => Sees([0, 1], seen =>
    {
        List<int> items = [];
        System.Collections.ObjectModel.ReadOnlyCollection<int> wrapper = items.AsReadOnly();
        int count = 0;
        Together.Run(() => items.Add(3), () => count = wrapper.Count);
        seen.Add(count);
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
    public void that_is_a_builder_shows_its_text_as_it_changes() => Sees(["", "a"], seen =>
    {
        var text = new StringBuilder();
        string told = "";
        Together.Run(() => text.Append('a'), () => told = text.ToString());
        seen.Add(told);
    });

    [Fact]
    public void that_is_a_builder_is_read_where_another_text_is_made_of_it() => Sees(["(", "(a"], seen =>
    {
        var text = new StringBuilder();
        string told = "";
        Together.Run(() => text.Append('a'), () => told = string.Concat("(", (object)text));
        seen.Add(told);
    });

    [Theory, MemberData(nameof(Changing))]
    public void is_one_of_many_kinds_that_change(string kind) => Sees([0, 1], seen =>
    {
        (Action change, Func<bool> changed) = Make(kind);
        bool found = false;
        Together.Run(change, () => found = changed());
        seen.Add(found ? 1 : 0);
    });

    public static TheoryData<string> Changing =>
        ["weak reference", "weak table", "stream", "reader", "writer on a stream", "builder of what is immutable", "node of JSON", "element of XML", "address"];

    private static (Action Change, Func<bool> Changed) Make(string kind)
    {
        var weak = new WeakReference<string>("a");
        var table = new ConditionalWeakTable<string, string>();
        Stream stream = new MemoryStream();
        TextReader reader = new StringReader("ab");
        var writer = new BinaryWriter(stream);
        ImmutableList<int>.Builder builder = ImmutableList.CreateBuilder<int>();
        var node = new JsonObject();
        var element = new XElement("a");
        var address = new UriBuilder();
        return kind switch
        {
            "weak reference" => (() => weak.SetTarget("b"), () => weak.TryGetTarget(out string? target) && target == "b"),
            "weak table" => (() => table.Add(kind, "b"), () => table.TryGetValue(kind, out _)),
            "stream" => (() => stream.WriteByte(1), () => stream.Length == 1),
            "reader" => (() => reader.Read(), () => reader.Peek() == 'b'),
            "writer on a stream" => (() => writer.Write((byte)1), () => stream.Length == 1),
            "builder of what is immutable" => (() => builder.Add(1), () => builder.Count == 1),
            "node of JSON" => (() => node["a"] = 1, () => node.Count == 1),
            "element of XML" => (() => element.Value = "b", () => element.Value == "b"),
            _ => (() => address.Port = 7, () => address.Port == 7),
        };
    }

    // A lookup by another type of key goes past the methods of the collection itself.
    [Theory, InlineData("dictionary"), InlineData("set"), InlineData("concurrent dictionary"), InlineData("reference")]
    public void is_changed_through_an_alternate_lookup(string kind) => Sees([0, 1], seen =>
    {
        var dictionary = new Dictionary<string, int>();
        var set = new HashSet<string>();
        var concurrent = new ConcurrentDictionary<string, int>();
        Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> inDictionary = dictionary.GetAlternateLookup<ReadOnlySpan<char>>();
        HashSet<string>.AlternateLookup<ReadOnlySpan<char>> inSet = set.GetAlternateLookup<ReadOnlySpan<char>>();
        ConcurrentDictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> inConcurrent = concurrent.GetAlternateLookup<ReadOnlySpan<char>>();
        (Action change, Func<bool> changed) = kind switch
        {
            "dictionary" => ((Action)(() => inDictionary["a"] = 1), (Func<bool>)(() => dictionary.ContainsKey("a"))),
            "set" => (() => set.Add("a"), () => inSet.Contains("a")),
            "reference" => (() => CollectionsMarshal.GetValueRefOrAddDefault(inDictionary, "a", out _) = 1, () => dictionary.ContainsKey("a")),
            _ => (() => inConcurrent.TryAdd("a", 1), () => concurrent.ContainsKey("a")),
        };
        bool found = false;
        Together.Run(change, () => found = changed());
        seen.Add(found ? 1 : 0);
    });

    [Theory, InlineData("range"), InlineData("count"), InlineData("reference"), InlineData("pair")]
    public void is_changed_by_what_extends_it(string way) => Sees([0, 1], seen =>
    {
        List<int> items = [];
        var index = new Dictionary<int, int>();
        int count = 0;
        Together.Run(
            () =>
            {
                if (way == "range") items.AddRange((ReadOnlySpan<int>)[7]);
                else if (way == "count") CollectionsMarshal.SetCount(items, 1);
                else if (way == "reference") CollectionsMarshal.GetValueRefOrAddDefault(index, 7, out _);
                else CollectionExtensions.TryAdd(index, 7, 1);
            },
            () => count = way is "range" or "count" ? items.Count : index.Count);
        seen.Add(count);
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
