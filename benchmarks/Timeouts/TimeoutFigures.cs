using ConcurrencySpecs.Benchmarks.Measuring;
using ConcurrencySpecs.Benchmarks.Signals;

namespace ConcurrencySpecs.Benchmarks.Timeouts;

/// <summary>What do deadlines and signals cost, beside what a user would take instead?</summary>
/// <remarks>
/// Every round measures every candidate in a new order, so that the machine's moods meet all of them alike; lateness several times, because its
/// p99 is a target: of 51 samples that would be the greatest, which one moment of the machine decides. Isolated functions have no peer and come last:
/// after each expiry a new process takes a core, which is no affair of a deadline that happens to be measured then.
/// </remarks>
internal sealed class TimeoutFigures(int rounds)
{
    public const string Late = "lateness of a 10 ms deadline", Send = "Send → handler", Arm = "arming and disarming a deadline of 10 s";
    public const string Bytes = "allocated by it", Overrun = "isolated loop: overrun", Next = "isolated loop: time until the next call has run";
    public const string Dying = "isolated loop: such a process alone, from SIGKILL to its end";
    private const int RoundsPerIsolation = 4;       // each costs three processes
    private const int LatenessPerRound = 10;

    public FigureResult Run(Action<string> progress)
    {
        var leftOut = new List<string>();
        using var lateness = new Lateness(leftOut);
        using var delivery = new Delivery();
        using var arming = new Arming();
        using var isolation = new Isolation();
        Figure[] late = [.. lateness.Figures], once = [.. delivery.Figures, .. arming.Figures], seldom = [.. isolation.Figures];
        Figure[] often = [.. Enumerable.Repeat(late, LatenessPerRound).SelectMany(all => all), .. once], each = [.. late, .. once, .. seldom];
        var random = new Random(rounds);
        foreach (Figure figure in each) figure.Measure();               // compiles what is measured
        var others = new OtherWork();
        for (int round = 0; round < rounds; round++)
        {
            random.Shuffle(often);
            foreach (Figure figure in often) figure.TakeSample();
            if (round % 20 == 0) progress($"round {round} of {rounds}");
        }

        for (int round = 0; round < rounds; round += RoundsPerIsolation) foreach (Figure figure in seldom) figure.TakeSample();

        return TimeoutTargets.Of(Machine.Read(others.Share()), rounds, each) with
        {
            LeftOut = leftOut,
            Sampling = $"every round measures every candidate in a new order: lateness {LatenessPerRound} times, all else once; "
                + $"isolated functions afterwards, one round for {RoundsPerIsolation} of those",
        };
    }
}
