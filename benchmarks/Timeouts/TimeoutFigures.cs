using ConcurrencySpecs.Benchmarks.Measuring;
using ConcurrencySpecs.Benchmarks.Signals;

namespace ConcurrencySpecs.Benchmarks.Timeouts;

/// <summary>What do deadlines and signals cost, beside what a user would take instead?</summary>
/// <remarks>Every round measures every candidate once, in a new order, so that the machine's moods meet all of them alike.</remarks>
internal sealed class TimeoutFigures(int rounds)
{
    public const string Late = "lateness of a 10 ms deadline", Send = "Send → handler", Arm = "arming and disarming a deadline of 10 s";
    public const string Bytes = "allocated by it", Overrun = "isolated loop: overrun", Next = "isolated loop: time until the next call has run";
    public const string Dying = "isolated loop: such a process alone, from SIGKILL to its end";
    private const int RoundsPerIsolation = 4;       // each costs three processes

    public FigureResult Run(Action<string> progress)
    {
        var leftOut = new List<string>();
        using var lateness = new Lateness(leftOut);
        using var delivery = new Delivery();
        using var arming = new Arming();
        using var isolation = new Isolation();
        Figure[] often = [.. lateness.Figures, .. delivery.Figures, .. arming.Figures];
        Figure[] seldom = [.. isolation.Figures];
        var random = new Random(rounds);
        foreach (Figure figure in (Figure[])[.. often, .. seldom]) figure.Measure();     // compiles what is measured
        var others = new OtherWork();
        for (int round = 0; round < rounds; round++)
        {
            random.Shuffle(often);
            foreach (Figure figure in often) figure.TakeSample();
            if (round % RoundsPerIsolation == 0) foreach (Figure figure in seldom) figure.TakeSample();
            if (round % 20 == 0) progress($"round {round} of {rounds}");
        }

        return TimeoutTargets.Of(Machine.Read(others.Share()), rounds, [.. often, .. seldom]) with { LeftOut = leftOut };
    }
}
