using System.Globalization;
using ConcurrencySpecs.Stress;

public sealed class A_length_of_time
{
    [Theory, InlineData("500ms", 500), InlineData("30s", 30_000), InlineData(" 10m ", 600_000), InlineData("1.5h", 5_400_000), InlineData("7s", 7_000)]
    public void is_a_number_and_its_unit(string text, double milliseconds)
    {
        Assert.True(Durations.TryParse(text, out TimeSpan length, out _));
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), length);
    }

    [Theory, InlineData("10"), InlineData("s"), InlineData(""), InlineData("ten s"), InlineData("10 parsecs")]
    [InlineData("-5s"), InlineData("1,5h"), InlineData("1m30s"), InlineData("5S")]
    public void is_explained_when_it_is_something_else(string text)
    {
        Assert.False(Durations.TryParse(text, out _, out string? error));
        Assert.Equal($"'{text}' is not a length of time. Write a number and its unit, like 500ms, 30s, 10m or 1h.", error);
    }

    [Theory, InlineData("0s"), InlineData("0.0h"), InlineData("169h"), InlineData("99999999999999999999999999h")]
    public void is_more_than_nothing_and_at_most_a_week(string text)
    {
        Assert.False(Durations.TryParse(text, out _, out string? error));
        Assert.Contains("more than nothing and at most 7 days (168h)", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.04, "0.0 ms"), InlineData(12.4, "12 ms"), InlineData(240, "0.2 s"), InlineData(9_949, "9.9 s")]
    [InlineData(61_200, "61 s"), InlineData(720_000, "12 min"), InlineData(12_600_000, "3.5 h")]
    public void is_shown_short(double milliseconds, string text) => Assert.Equal(text, Durations.Show(TimeSpan.FromMilliseconds(milliseconds)));

    [Fact]
    public void reads_and_shows_alike_in_every_culture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("es-ES");
            Assert.True(Durations.TryParse("1.5s", out TimeSpan length, out _));
            Assert.Equal("1.5 s", Durations.Show(length));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
