using ConcurrencySpecs.Exploration.Scheduling;
using ConcurrencySpecs.Exploration.Search;

namespace ConcurrencySpecs.Exploration.Explanation;

/// <summary>Takes deviations out of a failing schedule as long as it fails in the same way.</summary>
/// <remarks>
/// <para>Promise — the result fails, and taking any single deviation out of it makes it pass, unless the bound on tries was reached.</para>
/// <para>Source — Zeller, Hildebrandt, "Simplifying and Isolating Failure-Inducing Input", TSE 28(2), 2002.</para>
/// </remarks>
internal sealed class Minimiser(Explorer explorer, Action body, SearchBounds bounds)
{
    private const int MostTries = 500;

    public int Tries { get; private set; }

    public Schedule Minimise(Schedule failing, string signature)
    {
        List<Deviation> kept = [.. failing.Deviations];
        Schedule best = failing;
        int pieces = 1;
        while (kept.Count > 0 && Tries < MostTries)
        {
            int size = (kept.Count + pieces - 1) / pieces;
            bool smaller = false;
            for (int at = 0; at < kept.Count && Tries < MostTries; at += size)
            {
                var fewer = new List<Deviation>(kept);
                fewer.RemoveRange(at, Math.Min(size, kept.Count - at));
                if (Fails(failing with { Deviations = fewer }, signature) is not { } schedule) continue;
                best = schedule;
                kept = [.. schedule.Deviations.Count < fewer.Count ? schedule.Deviations : fewer];
                pieces = Math.Max(pieces - 1, 1);
                smaller = true;
                break;
            }
            if (smaller) continue;
            if (size == 1) break;
            pieces = Math.Min(kept.Count, pieces * 2);
        }
        return best;
    }

    /// <summary>The schedule as it was taken, if it fails in the same way.</summary>
    private Schedule? Fails(Schedule schedule, string signature)
    {
        Tries++;
        SearchResult result = explorer.Run(body, new Replaying(schedule), bounds);
        return result.Failure?.Signature == signature ? result.Schedule : null;
    }
}
