namespace ConcurrencySpecs.Testing.Reports;

/// <summary>A specification does not hold. The message is one line; the diagram stands where runners print the stack.</summary>
public sealed class CounterexampleException : Exception
{
    private readonly string _explanation;

    /// <summary>Wraps <paramref name="report"/>; <paramref name="replay"/> is the command that brings the failure back.</summary>
    /// <exception cref="ArgumentException">The report has no counterexample.</exception>
    public CounterexampleException(EngineReport report, string replay)
        : base(report?.Verdict)
    {
        ArgumentNullException.ThrowIfNull(report);
        Report = report;
        _explanation = report.Counterexample?.Explain(replay)
            ?? throw new ArgumentException($"{report.Verdict}: there is nothing to throw. Check Passed first.", nameof(report));
    }

    /// <summary>What was found.</summary>
    public EngineReport Report { get; }

    /// <summary>The explanation: a stack of engine frames would help nobody, and runners print the message twice.</summary>
    public override string StackTrace => "\n" + _explanation;

    /// <inheritdoc/>
    public override string ToString() => Message + "\n" + _explanation;
}
