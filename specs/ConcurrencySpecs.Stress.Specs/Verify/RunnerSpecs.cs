using ConcurrencySpecs.Stress.Verify;

public sealed class A_run
{
    [Fact]
    public void proves_what_is_sound_and_catches_what_is_broken()
    {
        VerifyReport report = Run.Report([Subjects.Sound], [Subjects.Twin]);
        Assert.Equal(VerifyReport.AsExpected, report.ExitCode);
        Assert.Equal(Verdict.Held, Assert.Single(report.Proofs).Verdict);
        Assert.Equal(1, Assert.Single(report.Hunts).Caught);
        Assert.Equal("Add(); Add()", report.Showpiece!.Counterexample!.Program);
    }

    [Fact]
    public void gives_back_the_time_that_a_run_did_not_need()
    {
        VerifyReport report = Run.Report([Subjects.Unsound, Subjects.Sound], []);
        Assert.Equal(Verdict.Refuted, report.Proofs[0].Verdict);
        Assert.True(report.Elapsed >= report.Plan.Budget, "the first ended at once, and the second was given only its half");
    }

    [Fact]
    public void hunts_a_twin_from_one_seed_after_the_other()
    {
        Plan plan = Run.Plan([], [Subjects.Twin]) with { Budget = TimeSpan.FromSeconds(9) };
        VerifyReport report = new Runner(plan, new Notes(), CancellationToken.None).Run();
        Assert.Equal([42UL, 43UL, 44UL], Assert.Single(report.Hunts).Reports.Select(one => one.Seed));
        Assert.NotNull(report.Hunts[0].MedianTime);
    }

    [Fact]
    public void ends_with_a_failure_when_an_implementation_is_refuted() => Assert.Equal(VerifyReport.Unexpected, Run.Report([Subjects.Unsound], []).ExitCode);

    [Fact]
    public void ends_with_a_failure_when_a_twin_escapes()
    {
        VerifyReport report = Run.Report([], [Subjects.Escaping]);
        Assert.Equal(VerifyReport.Unexpected, report.ExitCode);
        Assert.Equal("HealthyTwin", Assert.Single(report.Escaped).Twin.Name);
    }

    [Fact]
    public void goes_on_after_a_specification_that_cannot_be_run_and_says_so()
    {
        VerifyReport report = Run.Report([Subjects.Unrunnable, Subjects.Sound], []);
        Assert.Equal([Verdict.Error, Verdict.Held], report.Proofs.Select(proof => proof.Verdict));
        Assert.Contains("has no operations", Assert.Single(report.Errors), StringComparison.Ordinal);
        Assert.Equal(VerifyReport.ToolError, report.ExitCode);
    }

    [Fact]
    public void gives_what_was_done_when_it_is_interrupted()
    {
        using var stop = new CancellationTokenSource();
        var notes = new Notes { OnEnded = line => { if (line.StartsWith("Tally ×", StringComparison.Ordinal)) stop.Cancel(); } };
        VerifyReport report = Run.Report([Subjects.Sound, Subjects.AlsoSound], [Subjects.Twin], notes, stop.Token);
        Assert.Equal([Verdict.Held, Verdict.NotRun], report.Proofs.Select(proof => proof.Verdict));
        Assert.Equal(VerifyReport.InterruptedByUser, report.ExitCode);
        Assert.StartsWith(
            "Interrupted: 2 implementations × 1 engine: 1 held, 1 not run · 1 broken twin: caught, 1 of 1 seed · ",
            Phrases.Summary(report), StringComparison.Ordinal);
    }

    [Fact]
    public void does_not_call_a_proof_whole_that_was_interrupted()
    {
        using var stop = new CancellationTokenSource();
        var notes = new Notes { OnGoesOn = line => { if (line.EndsWith("programs", StringComparison.Ordinal)) stop.Cancel(); } };
        VerifyReport report = Run.Report([Subjects.Sound], [], notes, stop.Token);
        Assert.Equal(Verdict.Interrupted, Assert.Single(report.Proofs).Verdict);
        Assert.True(report.Proofs[0].Report!.Work > 0);
    }

    [Fact]
    public void does_not_call_a_twin_escaped_that_was_interrupted()
    {
        using var stop = new CancellationTokenSource();
        var notes = new Notes { OnGoesOn = _ => stop.Cancel() };
        VerifyReport report = Run.Report([], [Subjects.Escaping], notes, stop.Token);
        Assert.Empty(report.Escaped);
        Assert.Equal(VerifyReport.InterruptedByUser, report.ExitCode);
    }

    [Fact]
    public void tells_how_it_goes()
    {
        var notes = new Notes();
        Run.Report([Subjects.Sound], [Subjects.Twin], notes);
        Assert.Equal(2, notes.Lines.Count);
        Assert.Equal("Twins, seed 1 of 1: 1 of 1 caught", notes.Lines[0]);
        Assert.Matches("^Tally × Sequential: held, [0-9,]+ programs$", notes.Lines[1]);
    }

    private sealed class Notes : IWatcher
    {
        public List<string> Lines { get; } = [];

        public Action<string>? OnEnded { get; init; }

        public Action<string>? OnGoesOn { get; init; }

        public void Ended(string line, VerifyReport soFar)
        {
            Lines.Add(line);
            OnEnded?.Invoke(line);
        }

        public void GoesOn(string line, VerifyReport soFar) => OnGoesOn?.Invoke(line);
    }
}
