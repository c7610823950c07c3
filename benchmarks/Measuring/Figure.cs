using System.Text.Json.Serialization;

namespace ConcurrencySpecs.Benchmarks.Measuring;

/// <summary>One thing that is measured again and again, in one unit.</summary>
internal sealed record Figure(string Question, string Candidate, string Unit, [property: JsonIgnore] Func<double> Measure)
{
    private readonly List<double> _samples = [];

    public double Median => Statistics.Median(_samples);

    public double P99 => Statistics.Percentile(_samples, 99);

    public double Least => _samples.Min();

    public void TakeSample() => _samples.Add(Measure());
}

/// <summary>What a figure has to reach, as a ratio to another or as a number.</summary>
internal sealed record Target(string What, string Wanted, double Measured, bool IsReached)
{
    /// <summary>What was tried, and why it is not reached all the same; for those that fall short.</summary>
    public string? Tried { get; init; }
}
