namespace ConcurrencySpecs.Stress.Verify;

/// <summary>Shows a run to a person: while it lasts, and what came of it.</summary>
internal interface IRenderer
{
    /// <summary>Carries out <paramref name="run"/> and shows how it goes.</summary>
    VerifyReport Watch(Plan plan, Func<IWatcher, VerifyReport> run);

    /// <summary>Shows the report: tables, counterexamples and the last line.</summary>
    void Show(VerifyReport report);
}
