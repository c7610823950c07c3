using System.Collections;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace ConcurrencySpecs.Linearizability;

/// <summary>Values as a person would write them in code, the same on every machine and in every culture.</summary>
public static class Show
{
    private const int LongestList = 12;

    /// <summary><c>null</c>, <c>true</c>, <c>"text"</c>, <c>(1, true)</c>, <c>[1, 2]</c>; otherwise the value's own text.</summary>
    public static string Value(object? value) => value switch
    {
        null => "null",
        string text => $"\"{text}\"",
        char character => $"'{character}'",
        bool flag => flag ? "true" : "false",
        ITuple tuple => $"({string.Join(", ", Enumerable.Range(0, tuple.Length).Select(i => Value(tuple[i])))})",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        IEnumerable list => List(list),
        _ => value.ToString() ?? value.GetType().Name,
    };

    private static string List(IEnumerable list)
    {
        var items = list.Cast<object?>().Take(LongestList + 1).Select(Value).ToList();
        if (items.Count > LongestList) items[LongestList] = "…";
        return $"[{string.Join(", ", items)}]";
    }
}
