namespace ConcurrencySpecs.Stress;

/// <summary>Names as people type them: in lists, in any case, and sometimes with a slip.</summary>
internal static class Names
{
    /// <summary>The names in comma-separated lists; a comma inside parentheses belongs to the name.</summary>
    public static IReadOnlyList<string> Split(IEnumerable<string> lists)
    {
        List<string> names = [];
        foreach (string list in lists)
        {
            int depth = 0, start = 0;
            for (int i = 0; i <= list.Length; i++)
            {
                if (i < list.Length && list[i] == '(') depth++;
                else if (i < list.Length && list[i] == ')') depth--;
                if (i < list.Length && (list[i] != ',' || depth > 0)) continue;
                if (list[start..i].Trim() is { Length: > 0 } name) names.Add(name);
                start = i + 1;
            }
        }

        return names;
    }

    public static bool Same(string typed, string name) => string.Equals(typed, name, StringComparison.OrdinalIgnoreCase);

    /// <exception cref="UsageException">One of <paramref name="typed"/> is not among <paramref name="known"/>; the message suggests the nearest.</exception>
    public static void Check(string what, IEnumerable<string> typed, IReadOnlyCollection<string> known)
    {
        foreach (string name in typed.Where(name => !known.Contains(name, StringComparer.OrdinalIgnoreCase)))
        {
            string help = Nearest(name, known) is { } near ? $"Did you mean {near}?" : $"There are {string.Join(", ", known)}.";
            throw new UsageException($"There is no {what} named '{name}'. {help} See `verify --list`.");
        }
    }

    /// <summary>The name that <paramref name="typed"/> was meant to be: one that it begins, or one a few slips away; null when none is near.</summary>
    public static string? Nearest(string typed, IEnumerable<string> known) => known
        .Select(name => (Name: name, Slips: name.StartsWith(typed, StringComparison.OrdinalIgnoreCase) ? 0 : Distance(Lower(typed), Lower(name))))
        .Where(one => one.Slips <= (typed.Length + 2) / 3)
        .OrderBy(one => one.Slips).ThenBy(one => one.Name.Length).ThenBy(one => one.Name, StringComparer.Ordinal)
        .Select(one => one.Name).FirstOrDefault();

    /// <summary>How many characters have to be added, dropped, changed or swapped with their neighbour to make one of the other.</summary>
    /// <remarks>Damerau, "A technique for computer detection and correction of spelling errors", CACM 7(3), 1964; swapped pairs are not edited again.</remarks>
    public static int Distance(string left, string right)
    {
        int[] before = [], last = [.. Enumerable.Range(0, right.Length + 1)];
        for (int i = 1; i <= left.Length; i++)
        {
            int[] row = new int[right.Length + 1];
            row[0] = i;
            for (int j = 1; j <= right.Length; j++)
            {
                int change = left[i - 1] == right[j - 1] ? 0 : 1;
                row[j] = Math.Min(Math.Min(last[j] + 1, row[j - 1] + 1), last[j - 1] + change);
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1]) row[j] = Math.Min(row[j], before[j - 2] + 1);
            }

            (before, last) = (last, row);
        }

        return last[^1];
    }

    private static string Lower(string name) => name.ToLowerInvariant();
}
