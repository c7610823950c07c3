using System.Collections.Immutable;
using ConcurrencySpecs.Linearizability;
using ConcurrencySpecs.Testing.Programs;
using ConcurrencySpecs.Testing.Reports;

namespace ConcurrencySpecs.Testing.RealThreads;

/// <summary>What came of a program: nothing wrong in so many attempts, or the history of one that was.</summary>
internal sealed record RunResult(ParallelProgram Program, int Attempts, History? Failure, string? Why, Call? Accused, string ProgramText)
{
    public bool Holds => Failure is null;

    public Counterexample Describe(string verdict) => new(verdict, ProgramText, Lanes.Draw(Failure!, Accused), Why!);

    /// <summary>Null when <paramref name="history"/> is linearizable.</summary>
    public static RunResult? Judge(ConcurrentSpec spec, ParallelProgram program, int attempts, History history)
    {
        LinearizabilityVerdict verdict = LinearizabilityChecker.Check(history, spec.Model);
        if (verdict.IsLinearizable) return null;
        ImmutableArray<Call> rest = [.. history.Calls.Where(call => !verdict.Order.Contains(call, ReferenceEqualityComparer.Instance))];
        return new(program, attempts, history, verdict.Reason, rest.FirstOrDefault(call => call.Status == CallStatus.Completed), program.Describe(spec.Shapes));
    }

    public static RunResult Hung(ConcurrentSpec spec, ParallelProgram program, History history, TimeSpan still)
    {
        string calls = string.Join(
            " and ",
            history.Calls.Where(call => call.Status != CallStatus.Completed).Select(call => $"{call.Invocation} of thread {call.Thread + 1}"));
        string why = $"{calls} made no progress for {still.TotalSeconds:F0} s and heeded no cancellation";
        return new(program, 1, history, why, null, program.Describe(spec.Shapes));
    }

    public static RunResult Fine(ParallelProgram program, int attempts) => new(program, attempts, null, null, null, "");
}
