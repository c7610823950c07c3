using System.Runtime.CompilerServices;
using ConcurrencySpecs.Testing.Engines;
using ConcurrencySpecs.Testing.Reports;
using Xunit;

namespace ConcurrencySpecs.Testing.Xunit;

/// <summary>A specification as named facts, one per engine: <c>public sealed class A_ticket_desk : ConcurrentFacts&lt;TicketDeskSpec&gt;;</c></summary>
/// <typeparam name="TSpec">The specification; engines construct it anew.</typeparam>
/// <remarks>The seed is fresh in every run unless <c>CONCURRENCYSPECS_SEED</c> is set; a failure prints the command that
/// brings it back, where the engine controls schedules with the one that failed.</remarks>
public abstract class ConcurrentFacts<TSpec>
    where TSpec : ConcurrentSpec, new()
{
#pragma warning disable CA1707 // a fact finishes the sentence that its class begins
    /// <summary>Random sequential programs give what the model gives.</summary>
    [Fact]
    public void agrees_with_its_model() => Require(Engine.Sequential);

    /// <summary>Every history recorded on real threads is linearizable.</summary>
    [Fact]
    public void is_linearizable_on_real_threads() => Require(Engine.Threads);

    /// <summary>Small programs are linearizable under every interleaving of their steps.</summary>
    [Fact]
    public void is_linearizable_in_every_interleaving() => Require(Engine.Interleavings);
#pragma warning restore CA1707

    private void Require(Engine engine, [CallerMemberName] string fact = "")
    {
        RunOptions options = new(Seeds.FromEnvironment()) { Schedule = Seeds.ScheduleFromEnvironment(), Stop = TestContext.Current.CancellationToken };
        EngineReport report = engine.Run(typeof(TSpec), options);
        TestContext.Current.TestOutputHelper?.WriteLine(report.Verdict);
        if (!report.Passed) throw new CounterexampleException(report, ReplayCommand.For(report, GetType(), fact));
    }
}
