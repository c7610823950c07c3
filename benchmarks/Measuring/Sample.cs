namespace ConcurrencySpecs.Benchmarks.Measuring;

/// <summary>What one item cost in one run.</summary>
internal readonly record struct Sample(double Nanoseconds, double Bytes);

/// <summary>Order statistics without interpolation: every figure is one that was measured.</summary>
internal static class Statistics
{
    public static double Median(IEnumerable<double> values) => Percentile(values, 50);

    public static double Percentile(IEnumerable<double> values, int percent)
    {
        double[] sorted = [.. values.Order()];
        return sorted[(int)Math.Ceiling(percent / 100.0 * sorted.Length) - 1];
    }
}
