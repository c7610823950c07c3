using ConcurrencySpecs.Benchmarks.Measuring;

namespace ConcurrencySpecs.Benchmarks.Processes;

/// <summary>What the figures of <see cref="ProcessFigures"/> have to reach: ratios of medians, each to what ran beside it.</summary>
internal static class ProcessTargets
{
    // By what was to be reached; printed where it is not.
    private static readonly Dictionary<string, string> _tried = new()
    {
        [Semaphore] = "two futexes in C with nothing around them are hardly faster than Python's semaphore on one core, so that most of it is the system's. "
            + "Tried: signals that wake nobody in vain (2.9 → 2.4 calls for each trip; kept); fewer pages of code on the way (kept); no pause between the "
            + "look and the sleep where there is one core (0.3 µs for each wait; kept); its calls "
            + "compiled fully at once, as on one core the runtime finds no time to compile them anew (a seventh less; kept); "
            + "a sleep without a time-out (in C 2 % of a trip, a limit by the clock as much; not kept: who looks "
            + "again by itself survives a signaller that was killed between its change and its wake-up); giving the core up once before sleeping (in C a tenth "
            + "less than Python's, and then no wait is a sleep; not kept: beside one who computes, each wait would cost that one's whole time slice).",
        [Barrier] = "each arrival is one turn at a robust mutex, inside which the party takes a robust place, so that the system marks the dead: four "
            + "exchanges where the line is written once. Tried: signals that write nothing while nobody sleeps (a third of the time; kept); closer looks, "
            + "state and mutex of a place in one line, entering without a call (together a third; kept); telling who waits in one step instead of two "
            + "(no difference; not kept); looks at used places only (kept; no difference with two). " + TwoMachines,
        [Event] = "a trip is two sets and two resets, four writes where the line has two: six transfers beside four. Tried: a set of one step that does not "
            + "look first, a signal that writes nothing while nobody sleeps (together half of the time; kept); looks without a pause at first, and no "
            + "delegate (a third; kept). " + TwoMachines,
        [WithLine] = StartTried,
        [WithoutLine] = StartTried,
    };

    private const string Semaphore = "ProcessSemaphore ÷ Python Semaphore, parked", Barrier = "ProcessBarrier ÷ cache line, spinning";
    private const string Event = "ProcessEvent ÷ cache line, spinning";
    private const string TwoMachines = "The ratio depends on where the host puts the two cores: with 0.5 µs for a trip of the line "
        + "it is the number of transfers that counts; with 0.07 µs each exchange and each pause does.";
    private const string WithLine = "start and join, with RunIfChild ÷ Python spawn", WithoutLine = "start and join, without ÷ Python spawn";
    private const string StartTried = "most of it is the runtime's own start, which an empty Main pays too (see its row). "
        + "Tried: types by their token in place of their name, numbers read by hand (kept); "
        + "ReadyToRun (helps, and is the program's choice); the runtime's switches for an empty Main: no diagnostics 6 % less, no concurrent collector and a "
        + "small heap 3 % more of it, no profile-guided compiling nothing "
        + "(not kept: a child without diagnostics cannot be debugged, and the heap is the user's).";

    public static FigureResult Of(Machine machine, int rounds, Figure[] figures)
    {
        Target[] AtMost(string what, string question, string ours, string other, double most, string? otherQuestion = null) =>
            Ratio(figures, (question, ours), (otherQuestion ?? question, other)) is { } ratio
                ? [new(what, $"≤ {most:0.0#}", ratio, ratio <= most) { Tried = _tried.GetValueOrDefault(what) }] : [];
        Target[] AtLeast(string what, string question, string other, double least) =>
            Ratio(figures, (question, other), (question, ProcessFigures.Ours)) is { } ratio ? [new(what, $"≥ {least:0}", ratio, ratio >= least)] : [];
        const string ours = ProcessFigures.Ours, python = ProcessFigures.Python;
        return new("What do locks, signs and starts between processes cost?", "processes", machine, rounds, figures,
        [
            .. AtMost("ProcessLock ÷ C robust mutex, nobody else", ProcessFigures.Lock, ours, ProcessFigures.C, 1.0),
            .. AtLeast("Python Lock ÷ ProcessLock, nobody else", ProcessFigures.Lock, python, 3),
            .. AtMost("ProcessLock ÷ C robust mutex, two processes", ProcessFigures.Contended, ours, ProcessFigures.C, 1.0),
            .. AtMost("ProcessLock ÷ Python Lock, two processes", ProcessFigures.Contended, ours, python, 1.0),
            .. AtMost(Semaphore, ProcessFigures.SemaphoreParked, ours, python, 0.9),
            .. AtMost("ProcessEvent ÷ Python Event, parked", ProcessFigures.EventParked, ours, python, 0.35),
            .. AtMost("ProcessCondition ÷ Python Condition, parked", ProcessFigures.ConditionParked, ours, python, 1.0),
            .. AtMost("ProcessBarrier ÷ Python Barrier, parked", ProcessFigures.BarrierParked, ours, python, 1.0),
            .. AtMost(Barrier, ProcessFigures.BarrierSpinning, ours, "two threads", 2.0, ProcessFigures.Line),
            .. AtMost(Event, ProcessFigures.EventSpinning, ours, "two threads", 2.0, ProcessFigures.Line),
            .. AtLeast("Python Value with get_lock ÷ SharedValue.Add", ProcessFigures.Add, python, 20),
            .. AtMost(WithLine, ProcessFigures.Start, ProcessFigures.OursWithLine, python, 0.5),
            .. AtMost(WithoutLine, ProcessFigures.Start, ProcessFigures.OursWithout, python, 0.5),
        ]);
    }

    private static double? Ratio(Figure[] figures, (string Question, string Candidate) over, (string Question, string Candidate) under)
    {
        double? Median((string Question, string Candidate) it) => Array.Find(figures, one => (one.Question, one.Candidate) == it)?.Median;
        return Median(over) / Median(under);
    }
}
