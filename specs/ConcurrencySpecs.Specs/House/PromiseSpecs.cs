using System.Xml.Linq;
using ConcurrencySpecs.Queues;

public sealed class The_promises
{
    private static readonly XDocument _documentation = Promises.DocumentationOf(typeof(SpscQueue<>).Assembly);

    public static TheoryData<string> Primitives => [.. Promises.PrimitivesOf(typeof(SpscQueue<>).Assembly).Select(type => type.FullName!)];

    [Theory, MemberData(nameof(Primitives))]
    public void open_the_remarks_of_every_primitive(string name)
    {
        string? objection = Promises.Objection(typeof(SpscQueue<>).Assembly.GetType(name, throwOnError: true)!, _documentation);
        Assert.True(objection is null, objection);
    }

    [Fact]
    public void cover_primitives_and_not_their_results() => Assert.Equal(
        [typeof(BlockingQueue<>), typeof(MpmcQueue<>), typeof(SpscQueue<>), typeof(WorkStealingDeque<>)],
        Promises.PrimitivesOf(typeof(SpscQueue<>).Assembly).Where(type => type.Namespace == "ConcurrencySpecs.Queues"));

    [Theory]
    [InlineData("", "paragraph 1")]
    [InlineData("<para>Progress — a</para><para>Cost — b</para>", "paragraph 2")]
    [InlineData("<para>Progress — a</para><para>Ordering — b</para><para>Cost — c</para><para>Failure — d</para>", "missing")]
    [InlineData("<para>Progress — </para>", "paragraph 1")]
    public void are_missed_where_they_are_absent_out_of_order_or_empty(string remarks, string expected)
    {
        string name = typeof(Bare).FullName!.Replace('+', '.');
        var documentation = XDocument.Parse($"<doc><members><member name='T:{name}'><remarks>{remarks}</remarks></member></members></doc>");
        Assert.Contains(expected, Promises.Objection(typeof(Bare), documentation), StringComparison.Ordinal);
    }

    private sealed class Bare;
}
