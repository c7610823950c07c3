using ConcurrencySpecs.Benchmarks.Measuring;

namespace ConcurrencySpecs.Benchmarks.Processes;

/// <summary>What do locks, signs and starts between processes cost, beside what a user would take instead?</summary>
/// <remarks>
/// Every round measures every candidate once, in a new order, so that the machine's moods meet all of them alike. "On one core" both processes share
/// a core, so that each wait is a sleep; "on two" each has its own and may spin. The children of this program take over at the line in its Main;
/// those of a program without it are measured in another process.
/// </remarks>
internal sealed class ProcessFigures(int rounds)
{
    public const string Lock = "lock and unlock, nobody else", Contended = "lock and unlock, two processes at it";
    public const string SemaphoreParked = "semaphore, round trip on one core", SemaphoreSpinning = "semaphore, round trip on two cores";
    public const string EventParked = "event, round trip on one core", EventSpinning = "event, round trip on two cores";
    public const string ConditionParked = "condition, round trip on one core", ConditionSpinning = "condition, round trip on two cores";
    public const string BarrierParked = "barrier of two on one core", BarrierSpinning = "barrier of two on two cores";
    public const string Line = "cache line, round trip on two cores", Add = "addition to a shared value", Start = "start and join of a child";
    public const string Ours = "ConcurrencySpecs", OursWithLine = "ChildProcess, RunIfChild in Main", OursWithout = "ChildProcess";
    public const string Python = "Python", C = "C pthread, robust", Platform = "named Mutex";
    public const string Runtime = "Process, an empty Main";
    public const string WithoutLine = "processes-without-line", Nothing = "nothing";
    private const int RoundsPerStart = 4, LineTrips = 2_000;

    public FigureResult Run(Action<string> progress)
    {
        var leftOut = new List<string>();
        var others = new OtherWork();           // what ends before it is asked counts as our own: the peers too
        Figure[] figures = Measure(progress, leftOut);
        return ProcessTargets.Of(Machine.Read(others.Share()), rounds, figures) with { LeftOut = leftOut };
    }

    private Figure[] Measure(Action<string> progress, List<string> leftOut)
    {
        using var apart = new Duo(onOneCore: false);
        using var together = new Duo(onOneCore: true);
        using var without = Peer.Ourselves(WithoutLine);
        using Peer? python = Peer.Python("processes.py", leftOut), c = Peer.C("robust_mutex.c", leftOut);
        Figure Of(string question, Duo duo, Play play, string candidate = Ours, string unit = "ns") =>
            new(question, candidate, unit, () => duo.Ask(play) / (unit == "µs" ? 1_000 : 1));
        Figure[] From(Peer? peer, string question, string candidate, string unit, string command) =>
            peer is null ? [] : [new(question, candidate, unit, () => peer.Ask(command) / (unit == "µs" ? 1_000 : 1))];
        Figure[] often =
        [
            Of(Lock, apart, Play.MutexAlone, Platform), Of(Lock, apart, Play.LockAlone),
            .. From(c, Lock, C, "ns", "alone"), .. From(python, Lock, Python, "ns", "lock_alone"),
            Of(Contended, apart, Play.MutexTogether, Platform), Of(Contended, apart, Play.LockTogether),
            .. From(c, Contended, C, "ns", "together"), .. From(python, Contended, Python, "ns", "lock_together two"),
            Of(SemaphoreParked, together, Play.SemaphoreTrips, unit: "µs"), .. From(python, SemaphoreParked, Python, "µs", "semaphore one"),
            Of(SemaphoreSpinning, apart, Play.SemaphoreTrips, unit: "µs"), .. From(python, SemaphoreSpinning, Python, "µs", "semaphore two"),
            Of(EventParked, together, Play.EventTrips, unit: "µs"), .. From(python, EventParked, Python, "µs", "event one"),
            Of(EventSpinning, apart, Play.EventTrips, unit: "µs"), .. From(python, EventSpinning, Python, "µs", "event two"),
            Of(ConditionParked, together, Play.ConditionTrips, unit: "µs"), .. From(python, ConditionParked, Python, "µs", "condition one"),
            Of(ConditionSpinning, apart, Play.ConditionTrips, unit: "µs"), .. From(python, ConditionSpinning, Python, "µs", "condition two"),
            Of(BarrierParked, together, Play.BarrierTrips, unit: "µs"), .. From(python, BarrierParked, Python, "µs", "barrier one"),
            Of(BarrierSpinning, apart, Play.BarrierTrips, unit: "µs"), .. From(python, BarrierSpinning, Python, "µs", "barrier two"),
            new(Line, "two threads", "µs", () => CacheLine.RoundTrip(LineTrips).Nanoseconds / 1_000),
            Of(Add, apart, Play.Add), .. From(python, Add, Python, "ns", "add"),
        ];
        Figure[] seldom =
        [
            new(Start, Runtime, "ms", StartAndJoin.MillisecondsOfNothing), new(Start, OursWithLine, "ms", StartAndJoin.Milliseconds), .. From(without, Start, OursWithout, "ms", "start"),
            .. From(python, Start, Python, "ms", "spawn"),
        ];
        var random = new Random(rounds);
        foreach (Figure figure in (Figure[])[.. often, .. seldom]) figure.Measure();        // compiles what is measured
        for (int round = 0; round < rounds; round++)
        {
            random.Shuffle(often);
            random.Shuffle(seldom);
            foreach (Figure figure in often) figure.TakeSample();
            if (round % RoundsPerStart == 0) foreach (Figure figure in seldom) figure.TakeSample();
            if (round % 20 == 0) progress($"round {round} of {rounds}");
        }

        return [.. often, .. seldom];
    }
}
