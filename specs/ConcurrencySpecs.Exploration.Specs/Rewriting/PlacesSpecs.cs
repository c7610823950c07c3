using System.Globalization;
using ConcurrencySpecs.Exploration;

/// <summary>A value that shared code gets by reference, as receiver or argument, is read or changed at the call.</summary>
public sealed class A_place_that_the_framework_gets_by_reference
{
    private static readonly CultureInfo _invariant = CultureInfo.InvariantCulture;

    [Fact]
    public void is_read_by_the_methods_of_a_primitive() => Sees(["0", "1"], cell => cell.Number = 1, cell => cell.Number.ToString(_invariant));

    [Fact]
    public void is_read_by_the_properties_of_a_nullable() => Sees([false, true], cell => cell.Maybe = 1, cell => cell.Maybe.HasValue);

    [Fact]
    public void is_read_under_a_constraint() => Sees(["Monday", "Sunday"], cell => cell.Day = DayOfWeek.Monday, cell => cell.Day.ToString());

    [Fact]
    public void is_written_as_an_out_argument() => Sees([0, 7], cell => int.TryParse("7", _invariant, out cell.Number), cell => cell.Number);

    [Fact]
    public void is_exchanged_by_a_resize() => Sees([2, 4], cell => Array.Resize(ref cell.Items, 4), cell => cell.Items.Length);

    [Fact]
    public void is_an_element_when_a_span_is_filled() => Sees([0, 7], cell => cell.Items.AsSpan().Fill(7), cell => cell.Items[1]);

    [Fact]
    public void is_an_element_when_a_span_is_the_target_of_a_copy() =>
        Sees([0, 5], cell => cell.Others.AsSpan().CopyTo(cell.Items), cell => cell.Items[1]);

    [Fact]
    public void is_an_element_when_a_span_is_searched() =>
        Sees([-1, 1], cell => cell.Items[1] = 7, cell => ((ReadOnlySpan<int>)cell.Items).IndexOf(7));

    [Fact]
    public void adds_no_step_when_it_is_a_local()
    {
        ExplorationResult result = Explore.Every(() => Together.Run(Parse, Parse));
        Assert.Equal(1, result.Schedules);

        static void Parse()
        {
            int.TryParse("7", _invariant, out int number);
            int? maybe = number;
            Assert.Equal(7, maybe.GetValueOrDefault());
        }
    }

    private static void Sees<T>(T[] expected, Action<Cell> change, Func<Cell, T> look) where T : notnull
    {
        var seen = new Tally<T>();
        Assert.True(Explore.Every(() =>
        {
            var cell = new Cell();
            T found = default!;
            Together.Run(() => change(cell), () => found = look(cell));
            seen.Add(found);
        }).Exhausted);
        Assert.Equal(expected.Order(), seen.Values.Order());
    }

    private sealed class Cell
    {
        public int Number;
        public int? Maybe;
        public DayOfWeek Day;
        public int[] Items = new int[2];
        public readonly int[] Others = [5, 5];
    }
}
