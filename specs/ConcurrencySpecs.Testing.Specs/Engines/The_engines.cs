using ConcurrencySpecs.Testing;
using ConcurrencySpecs.Testing.Engines;
using ConcurrencySpecs.Testing.Reports;

public sealed class The_sequential_engine
{
    [Fact]
    public void passes_what_agrees_with_its_model() => Assert.True(Run<CounterSpec<AtomicCounter>>().Passed);

    [Fact]
    public void shrinks_a_disagreement_to_the_fewest_calls()
    {
        EngineReport report = Run<CounterSpec<ForgetfulCounter>>();
        Assert.False(report.Passed);
        Assert.Equal("Add(0); Add(0); Add(0); Add(1)", report.Counterexample!.Program);
        Assert.Contains("Add(1) → 0 cannot be next: it must give 1 there", report.Counterexample.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void gives_the_same_counterexample_for_the_same_seed()
    {
        EngineReport once = Run<CounterSpec<ForgetfulCounter>>(), again = Run<CounterSpec<ForgetfulCounter>>();
        Assert.Equal(once with { Elapsed = default }, again with { Elapsed = default });
    }

    [Fact]
    public void leaves_out_calls_that_would_wait_for_ever() => Assert.True(Run<MailboxSpec<Mailbox>>().Passed);

    private static EngineReport Run<TSpec>() => Engine.Sequential.Run(typeof(TSpec), new(42));
}

public sealed class The_threads_engine
{
    [Fact]
    public void passes_what_is_linearizable()
    {
        EngineReport report = Run<CounterSpec<AtomicCounter>>();
        Assert.True(report.Passed, report.Counterexample?.Explain(""));
        Assert.Equal("histories", report.Unit);
        Assert.True(report.Work >= 64);
    }

    [Fact]
    public void catches_a_lost_update_and_shows_its_lanes()
    {
        EngineReport report = Run<CounterSpec<RacyCounter>>(budget: TimeSpan.FromSeconds(30));
        Assert.False(report.Passed);
        Assert.Contains("‖", report.Counterexample!.Program, StringComparison.Ordinal);
        Assert.Contains("┌ Add(", report.Counterexample.Diagram, StringComparison.Ordinal);
    }

    [Fact]
    public void lets_calls_wait_that_have_to_wait()
    {
        EngineReport report = Run<MailboxSpec<Mailbox>>();
        Assert.True(report.Passed, report.Counterexample?.Explain(""));
    }

    [Fact]
    public void catches_a_call_that_waits_although_it_could_go_on()
    {
        EngineReport report = Run<MailboxSpec<SilentMailbox>>(TimeSpan.FromMilliseconds(200));
        Assert.False(report.Passed);
        Assert.Contains("waits although it could go on", report.Counterexample!.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void reports_a_call_that_heeds_no_cancellation_as_hung()
    {
        EngineReport report = Run<MailboxSpec<DeafMailbox>>(TimeSpan.FromMilliseconds(100));
        Assert.False(report.Passed);
        Assert.Contains("heeded no cancellation", report.Counterexample!.Why, StringComparison.Ordinal);
    }

    private static EngineReport Run<TSpec>(TimeSpan? patience = null, TimeSpan? budget = null) =>
        Engine.Threads.Run(typeof(TSpec), new(42) { Patience = patience ?? TimeSpan.FromSeconds(5), Budget = budget });
}

public sealed class A_specification
{
    [Fact]
    public void has_to_be_constructible_by_its_type()
    {
        var error = Assert.Throws<ArgumentException>(() => Engine.Sequential.Run(typeof(CounterSpec<>), new(1)));
        Assert.Contains("a public constructor that takes nothing", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void needs_at_least_one_operation()
    {
        var error = Assert.Throws<InvalidOperationException>(() => Engine.Sequential.Run(typeof(Empty), new(1)));
        Assert.Contains("has no operations", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void is_named_after_its_class() => Assert.Equal("Empty", new Empty().Name);

    private sealed class Empty : ConcurrentSpec<object, int>
    {
        protected internal override object NewSubject() => new();

        protected internal override int InitialState => 0;

        protected internal override IEnumerable<Operation<object, int>> Operations => [];
    }
}

public sealed class The_interleavings_engine
{
    [Fact]
    public void says_how_many_programs_it_exhausted()
    {
        EngineReport report = Run<CounterSpec<AtomicCounter>>();
        Assert.True(report.Passed, report.Counterexample?.Explain(""));
        Assert.Equal(report.Coverage!.Programs, report.Coverage.Exhausted);
        Assert.Contains($", {report.Coverage.Programs} of {report.Coverage.Programs} programs exhausted (", report.Verdict, StringComparison.Ordinal);
    }

    [Fact]
    public void never_calls_a_program_exhausted_that_a_bound_stopped()
    {
        EngineReport report = Run<CounterSpec<WordyCounter>>();
        Assert.True(report.Passed, report.Counterexample?.Explain(""));
        Assert.InRange(report.Coverage!.Exhausted, 0, report.Coverage.Programs - 1);
    }

    [Fact]
    public void brings_a_failure_back_by_one_short_word()
    {
        EngineReport found = Run<CounterSpec<RacyCounter>>();
        string word = found.Counterexample!.Schedule!;
        Assert.InRange(word.Length, 5, 60);
        Assert.Equal($"CONCURRENCYSPECS_SCHEDULE={word}", found.ReplaySettings);
        EngineReport again = Engine.Interleavings.Run(typeof(CounterSpec<RacyCounter>), new(999) { Schedule = word });
        Assert.Equal(found.Counterexample, again.Counterexample);
        Assert.Equal((1, found.Seed), (again.Work, again.Seed));
    }

    [Theory]
    [InlineData("p:x1.A"), InlineData("p7:x1.A"), InlineData("7.3:x1.A"), InlineData("p7.x:x1.A")]
    public void refuses_a_damaged_word(string word)
    {
        var refused = Assert.Throws<FormatException>(() => Engine.Interleavings.Run(typeof(CounterSpec<RacyCounter>), new(1) { Schedule = word }));
        Assert.Contains($"\"{word}\"", refused.Message, StringComparison.Ordinal);
    }

    private static EngineReport Run<TSpec>() => Engine.Interleavings.Run(typeof(TSpec), new(42));
}
