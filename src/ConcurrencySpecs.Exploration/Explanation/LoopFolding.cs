namespace ConcurrencySpecs.Exploration.Explanation;

/// <summary>Shows a group of rows that repeats once, and how often it came.</summary>
internal static class LoopFolding
{
    private const int LongestGroup = 12;

    public static List<Row> Fold(IReadOnlyList<Row> rows) => Fold(rows, Again);

    /// <param name="rows">The rows of a diagram.</param>
    /// <param name="again">Says that so many steps come so many times more.</param>
    public static List<Row> Fold(IReadOnlyList<Row> rows, Func<int, int, string> again)
    {
        var folded = new List<Row>();
        for (int at = 0; at < rows.Count;)
        {
            (int group, int times) = Best(rows, at);
            for (int i = 0; i < group; i++) folded.Add(rows[at + i]);
            if (times > 1) folded.Add(new Row(0, rows[at].Thread, again(group, times - 1), ""));
            at += group * times;
        }
        return folded;
    }

    private static string Again(int group, int times)
    {
        string steps = group == 1 ? "this step" : $"these {group} steps";
        return times == 1 ? $"… {steps} once more" : $"… {steps} {times} more times";
    }

    /// <summary>The group at <paramref name="at"/> that folds most rows away; a single row once if none does.</summary>
    private static (int Group, int Times) Best(IReadOnlyList<Row> rows, int at)
    {
        (int Group, int Times) best = (1, 1);
        for (int group = 1; group <= LongestGroup && at + 2 * group <= rows.Count; group++)
        {
            int times = 1;
            while (Repeats(rows, at, at + group * times, group)) times++;
            int saved = (times - 1) * group - 1;
            if (saved > (best.Times - 1) * best.Group - 1 && saved > 0) best = (group, times);
        }
        return best;
    }

    private static bool Repeats(IReadOnlyList<Row> rows, int first, int next, int group)
    {
        if (next + group > rows.Count) return false;
        for (int i = 0; i < group; i++)
            if (rows[first + i] with { Number = 0 } != rows[next + i] with { Number = 0 }) return false;
        return true;
    }
}
