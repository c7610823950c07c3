using System.Text;

namespace ConcurrencySpecs.Linearizability;

/// <summary>A history as text: a column per thread, time downwards, a bracket from each call's beginning to its end.</summary>
public static class Lanes
{
    /// <summary>The widest line that is drawn.</summary>
    public const int Width = 100;

    private const int Margin = 2;

    /// <summary>Draws <paramref name="history"/>; <paramref name="accused"/> is marked with ✗.</summary>
    public static string Draw(History history, Call? accused = null)
    {
        ArgumentNullException.ThrowIfNull(history);
        int lanes = history.Lanes.Length;
        if (lanes == 0) return "";
        int column = Math.Max(8, Math.Min(Widest(history), (Width - Margin) / lanes));
        var text = new StringBuilder();
        Line(text, column, [.. history.Lanes.Select(lane => lane[0].Thread == Call.LastLook ? "last look" : $"thread {lane[0].Thread + 1}")]);

        var open = new Call?[lanes];
        foreach (var (lane, call) in Moments(history))
        {
            var cells = open.Select(under => under is null ? "" : "│").ToArray();
            bool begins = open[lane] is null;
            open[lane] = begins ? call : null;
            cells[lane] = begins ? $"┌ {call.Invocation}" : End(call) + (ReferenceEquals(call, accused) ? "  ✗" : "");
            Line(text, column, cells);
        }

        Line(text, column, [.. open.Select(call => call is null ? "" : Unfinished(call))]);
        return text.ToString().TrimEnd('\n');
    }

    /// <summary>Beginnings and ends in time order, each lane's in its own order; at equal times a beginning comes first, because equal times overlap.</summary>
    private static IEnumerable<(int Lane, Call Call)> Moments(History history)
    {
        var lanes = history.Lanes.Select(lane => new Queue<(long Time, int End, Call Call)>(lane.SelectMany(Ends))).ToArray();
        while (lanes.Any(lane => lane.Count > 0))
        {
            int next = Enumerable.Range(0, lanes.Length).Where(lane => lanes[lane].Count > 0)
                .MinBy(lane => (lanes[lane].Peek().Time, lanes[lane].Peek().End));
            yield return (next, lanes[next].Dequeue().Call);
        }

        static IEnumerable<(long, int, Call)> Ends(Call call)
        {
            yield return (call.Invoked, 0, call);
            if (call.Returned != long.MaxValue) yield return (call.Returned, 1, call);
        }
    }

    private static int Widest(History history) =>
        history.Calls.Max(call => Math.Max(call.Invocation.Length + 2, End(call).Length + 3)) + 2;

    private static string End(Call call) =>
        call.Returned == long.MaxValue ? Unfinished(call)
        : call.Status == CallStatus.Blocked ? "╎ still waits"
        : $"└ {Show.Value(call.Result)}";

    private static string Unfinished(Call call) => call.Status == CallStatus.Blocked ? "╎ waits for ever" : "╎ did not return";

    private static void Line(StringBuilder text, int column, IReadOnlyList<string> cells)
    {
        if (cells.All(cell => cell.Length == 0)) return;
        var line = new StringBuilder(new string(' ', Margin));
        foreach (string cell in cells)
        {
            string shown = cell.Length < column ? cell : cell[..(column - 2)] + "…";
            line.Append(shown.PadRight(column));
        }

        text.Append(line.ToString().TrimEnd()).Append('\n');
    }
}
