using System.Text;
using ConcurrencySpecs.Contracts;
using ConcurrencySpecs.Testing.Engines;

namespace ConcurrencySpecs.Stress.Verify;

/// <summary>The matrix of implementations × engines for a README: marks only, so that it changes when a verdict does and
/// reads alike in any language.</summary>
internal static class MarkdownRenderer
{
    private const string Held = "✓", Refuted = "✗", Unknown = "–";

    public static string Render(VerifyReport report) =>
        Table(report.Plan.Implementations, report.Plan.Engines, (one, engine) => Mark(report.ProofOf(one.Name, engine.Name).Verdict));

    /// <summary>The matrix as it is when everything holds, known without running anything.</summary>
    public static string Expected(IReadOnlyList<CatalogEntry> contracts, IReadOnlyList<Engine> engines) => Table(contracts, engines, (_, _) => Held);

    private static string Mark(Verdict verdict) => verdict switch { Verdict.Held => Held, Verdict.Refuted => Refuted, _ => Unknown };

    private static string Table(IReadOnlyList<CatalogEntry> contracts, IReadOnlyList<Engine> engines, Func<CatalogEntry, Engine, string> cell)
    {
        var text = new StringBuilder();
        Row(["", .. engines.Select(engine => engine.Name)]);
        Row([":---", .. engines.Select(_ => ":---:")]);
        foreach (IGrouping<string, CatalogEntry> topic in contracts.GroupBy(contract => contract.Topic))
        {
            Row([$"**{topic.Key}**", .. engines.Select(_ => "")]);
            foreach (CatalogEntry contract in topic) Row([contract.Name, .. engines.Select(engine => cell(contract, engine))]);
        }

        return text.ToString();

        void Row(string[] cells) => text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
    }
}
