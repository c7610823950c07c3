using ConcurrencySpecs.Testing.Reports;

namespace ConcurrencySpecs.Stress.Verify;

/// <summary>What a run did and found, whole or so far.</summary>
/// <param name="Proofs">Every implementation in every engine: implementation by implementation, engines in their order.</param>
/// <param name="Hunts">Every broken twin with the engine that must catch it.</param>
/// <param name="Showpiece">A small counterexample of a twin, to show what one looks like; null when no twin was caught.</param>
internal sealed record VerifyReport(
    Plan Plan, IReadOnlyList<Proof> Proofs, IReadOnlyList<Hunt> Hunts, EngineReport? Showpiece, TimeSpan Elapsed, bool Interrupted)
{
    public const int AsExpected = 0;
    public const int ToolError = 1;
    public const int Unexpected = 2;
    public const int InterruptedByUser = 130;

    /// <summary>A counterexample of an implementation or an escaped twin weighs most: it is true however the run ended.</summary>
    public int ExitCode =>
        Refuted.Any() || Escaped.Any() ? Unexpected
        : Errors.Any() ? ToolError
        : Interrupted ? InterruptedByUser
        : AsExpected;

    public IEnumerable<Proof> Refuted => Proofs.Where(proof => proof.Verdict == Verdict.Refuted);

    public IEnumerable<Hunt> Escaped => Hunts.Where(hunt => hunt.Escaped);

    /// <summary>What could not be run, each with the reason.</summary>
    public IEnumerable<string> Errors =>
        Proofs.Where(proof => proof.Error is not null).Select(proof => $"{proof.Subject.Name} × {proof.Engine.Name}: {proof.Error}")
        .Concat(Hunts.Where(hunt => hunt.Error is not null).Select(hunt => $"{hunt.Twin.Name} × {hunt.Twin.CaughtBy.Name}: {hunt.Error}"));

    public Proof ProofOf(string implementation, string engine) => Proofs.Single(proof => proof.Subject.Name == implementation && proof.Engine.Name == engine);
}
