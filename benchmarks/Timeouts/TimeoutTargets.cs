using ConcurrencySpecs.Benchmarks.Measuring;

namespace ConcurrencySpecs.Benchmarks.Timeouts;

/// <summary>What the figures of <see cref="TimeoutFigures"/> have to reach.</summary>
internal static class TimeoutTargets
{
    private const string OverrunTried = "nearly all of it is the system that takes the process apart, as with such a process alone, and an empty Main "
        + "takes but some 0.4 ms less: most are pages to be unmapped, of the runtime's own files above all. Of ours are noticing the limit, 0.13 ms, and "
        + "what goes from the end to the caller, 0.4 ms (exit status, throw); while the program is young its "
        + "own compiler thread takes a core meanwhile, up to 4 ms. Tried: a worker that loads neither JSON nor cultures (a quarter less memory; "
        + "kept); slices of 100 ms for the worker, for whose core the caller else waited 3 to 4 ms in every third call (kept); closing after the answer "
        + "(0.2 ms; kept); the usual action of SIGTERM in place of the runtime's handler, which does"
        + " the same later (0.4 ms; kept); SIGKILL without SIGTERM (no sooner dead); waiting at the process beside the thread that takes exit "
        + "statuses (no sooner); giving back the pages of code while the worker stands by (the next compilation fetches them back); process_mrelease(2) "
        + "from the other core (no sooner dead); a smaller heap, one mapping of code in place of two, no profiled compilation (nothing).";

    public static FigureResult Of(Machine machine, int rounds, Figure[] figures)
    {
        Figure At(string question, string candidate) => figures.Single(one => one.Question == question && one.Candidate == candidate);
        Figure late = At(TimeoutFigures.Late, "Deadline"), sent = At(TimeoutFigures.Send, "Signals"), armed = At(TimeoutFigures.Arm, "Deadline");
        double better = Math.Min(At(TimeoutFigures.Send, "UnixSignal").Median, At(TimeoutFigures.Send, "PosixSignalRegistration").Median);
        double times = At(TimeoutFigures.Late, "CancelAfter").Median / late.Median;
        double arm = armed.Median / At(TimeoutFigures.Arm, "CancelAfter, a new source").Median;
        double bytes = At(TimeoutFigures.Bytes, "Deadline").Median, overrun = At(TimeoutFigures.Overrun, "IsolatedFunction").Median;
        double next = At(TimeoutFigures.Next, "IsolatedFunction").Median;
        Figure? python = Array.Find(figures, one => one.Candidate == "Python setitimer");
        return new("What do deadlines and signals cost?", "timeouts", machine, rounds, figures,
        [
            new("lateness, CancelAfter ÷ Deadline, p50", "≥ 20", times, times >= 20),
            .. python is null ? (Target[])[] :
            [
                new("lateness, Deadline ÷ Python setitimer, p50", "≤ 1.0", late.Median / python.Median, late.Median <= python.Median),
                new("lateness, Deadline ÷ Python setitimer, p99", "≤ 1.0", late.P99 / python.P99, late.P99 <= python.P99),
            ],
            new("lateness, the earliest, µs", "≥ 0", late.Least, late.Least >= 0),
            new("Send → handler, Signals ÷ the better one, p50", "≤ 1.0", sent.Median / better, sent.Median <= better),
            new("arming, Deadline ÷ CancelAfter with a new source", "≤ 0.5", arm, arm <= 0.5),
            new("arming, bytes", "0", bytes, bytes == 0),
            new("isolated loop, overrun, ms", "≤ 5", overrun, overrun <= 5) { Tried = OverrunTried },
            new("isolated loop, until the next call has run, ms", "≤ 1", next, next <= 1),
        ]);
    }
}
