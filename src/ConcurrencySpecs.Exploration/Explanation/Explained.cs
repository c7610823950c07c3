using ConcurrencySpecs.Exploration.Scheduling;

namespace ConcurrencySpecs.Exploration.Explanation;

/// <summary>A failing schedule, ready to be read and to be taken again.</summary>
/// <param name="Verdict">The failure of the simplified schedule.</param>
/// <param name="Schedule">The simplified schedule.</param>
/// <param name="Replay">The same as one word, see <see cref="ReplayString"/>.</param>
/// <param name="Text">The verdict in the first line, who waits for what, the diagram, the word.</param>
/// <param name="Steps">The steps as taken.</param>
internal sealed record Explained(Verdict Verdict, Schedule Schedule, string Replay, string Text, IReadOnlyList<RecordedStep> Steps);
