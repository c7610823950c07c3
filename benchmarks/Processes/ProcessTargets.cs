using ConcurrencySpecs.Benchmarks.Measuring;

namespace ConcurrencySpecs.Benchmarks.Processes;

/// <summary>What the figures of <see cref="ProcessFigures"/> have to reach: ratios of medians, each to what ran beside it.</summary>
internal static class ProcessTargets
{
    public static FigureResult Of(Machine machine, int rounds, Figure[] figures)
    {
        Target[] AtMost(string what, string question, string ours, string other, double most, string? otherQuestion = null) =>
            Ratio(figures, (question, ours), (otherQuestion ?? question, other)) is { } ratio ? [new(what, $"≤ {most:0.0#}", ratio, ratio <= most)] : [];
        Target[] AtLeast(string what, string question, string other, double least) =>
            Ratio(figures, (question, other), (question, ProcessFigures.Ours)) is { } ratio ? [new(what, $"≥ {least:0}", ratio, ratio >= least)] : [];
        const string ours = ProcessFigures.Ours, python = ProcessFigures.Python;
        return new("What do locks, signs and starts between processes cost?", "processes", machine, rounds, figures,
        [
            .. AtMost("ProcessLock ÷ C robust mutex, nobody else", ProcessFigures.Lock, ours, ProcessFigures.C, 1.0),
            .. AtLeast("Python Lock ÷ ProcessLock, nobody else", ProcessFigures.Lock, python, 3),
            .. AtMost("ProcessLock ÷ C robust mutex, two processes", ProcessFigures.Contended, ours, ProcessFigures.C, 1.0),
            .. AtMost("ProcessLock ÷ Python Lock, two processes", ProcessFigures.Contended, ours, python, 1.0),
            .. AtMost("ProcessSemaphore ÷ Python Semaphore, parked", ProcessFigures.SemaphoreParked, ours, python, 0.9),
            .. AtMost("ProcessEvent ÷ Python Event, parked", ProcessFigures.EventParked, ours, python, 0.35),
            .. AtMost("ProcessCondition ÷ Python Condition, parked", ProcessFigures.ConditionParked, ours, python, 1.0),
            .. AtMost("ProcessBarrier ÷ Python Barrier, parked", ProcessFigures.BarrierParked, ours, python, 1.0),
            .. AtMost("ProcessBarrier ÷ cache line, spinning", ProcessFigures.BarrierSpinning, ours, "two threads", 2.0, ProcessFigures.Line),
            .. AtMost("ProcessEvent ÷ cache line, spinning", ProcessFigures.EventSpinning, ours, "two threads", 2.0, ProcessFigures.Line),
            .. AtLeast("Python Value with get_lock ÷ SharedValue.Add", ProcessFigures.Add, python, 20),
            .. AtMost("start and join, with RunIfChild ÷ Python spawn", ProcessFigures.Start, ProcessFigures.OursWithLine, python, 0.5),
            .. AtMost("start and join, without ÷ Python spawn", ProcessFigures.Start, ProcessFigures.OursWithout, python, 0.5),
        ]);
    }

    private static double? Ratio(Figure[] figures, (string Question, string Candidate) over, (string Question, string Candidate) under)
    {
        double? Median((string Question, string Candidate) it) => Array.Find(figures, one => (one.Question, one.Candidate) == it)?.Median;
        return Median(over) / Median(under);
    }
}
