using ConcurrencySpecs.Stress;
using FsCheck;
using FsCheck.Fluent;

public sealed class A_list_of_names
{
    [Fact]
    public void is_separated_by_commas() => Assert.Equal(["a", "b", "c"], Names.Split(["a, b", "c,"]));

    [Fact]
    public void leaves_commas_inside_parentheses_to_the_name() =>
        Assert.Equal(["Queue (async, cut short)", "Other"], Names.Split(["Queue (async, cut short),Other"]));

    [Fact]
    public void is_empty_when_nothing_is_named() => Assert.Empty(Names.Split(["", " , "]));
}

public sealed class A_name_that_nothing_has
{
    private static readonly string[] _known = ["SpscQueue", "SpscQueue (batches)", "MpmcQueue", "Queues"];

    [Theory]
    [InlineData("SpscQueu", "SpscQueue")]
    [InlineData("spcsqueue", "SpscQueue")]
    [InlineData("mpmc", "MpmcQueue")]
    [InlineData("Queue", "Queues")]
    [InlineData("SPSCQUEUE (batch)", "SpscQueue (batches)")]
    public void suggests_the_nearest(string typed, string nearest) => Assert.Equal(nearest, Names.Nearest(typed, _known));

    [Fact]
    public void suggests_nothing_that_is_far_away() => Assert.Null(Names.Nearest("semaphore", _known));

    [Fact]
    public void lists_what_there_is_when_nothing_is_near()
    {
        var error = Assert.Throws<UsageException>(() => Names.Check("topic", ["semaphore"], ["Locks", "Queues"]));
        Assert.Equal("There is no topic named 'semaphore'. There are Locks, Queues. See `verify --list`.", error.Message);
    }
}

public sealed class The_distance_of_two_names
{
    [Theory]
    [InlineData("", "abc", 3)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("ab", "ba", 1)]
    [InlineData("same", "same", 0)]
    [InlineData("queue", "queues", 1)]
    public void counts_the_slips_between_them(string left, string right, int slips) => Assert.Equal(slips, Names.Distance(left, right));

    [Fact]
    public void is_the_same_both_ways_and_no_more_than_the_longer_name() => Check.One(
        Config.QuickThrowOnFailure.WithQuietOnSuccess(true), Prop.ForAll<NonNull<string>, NonNull<string>>((left, right) =>
        Names.Distance(left.Get, right.Get) == Names.Distance(right.Get, left.Get)
        && Names.Distance(left.Get, right.Get) <= Math.Max(left.Get.Length, right.Get.Length)
        && Names.Distance(left.Get, left.Get) == 0));
}
