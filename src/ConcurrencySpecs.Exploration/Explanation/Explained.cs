using ConcurrencySpecs.Exploration.Scheduling;

namespace ConcurrencySpecs.Exploration.Explanation;

/// <summary>A failing schedule, ready to be read and to be taken again.</summary>
/// <param name="Verdict">The failure of the simplified schedule.</param>
/// <param name="Schedule">The simplified schedule.</param>
/// <param name="Replay">The same as one word, see <see cref="ReplayString"/>.</param>
/// <param name="Text">The verdict in the first line, who waits for what, the diagram, the word.</param>
/// <param name="Taken">The steps as taken, who waited in the end, and what the threads are called; null where the schedule was not taken again.</param>
internal sealed record Explained(Verdict Verdict, Schedule Schedule, string Replay, string Text, Recorder? Taken)
{
    public IReadOnlyList<RecordedStep> Steps => Taken?.Steps ?? [];
}
