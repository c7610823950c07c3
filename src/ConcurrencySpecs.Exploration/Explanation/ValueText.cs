using System.Globalization;

namespace ConcurrencySpecs.Exploration.Explanation;

/// <summary>Short and always the same text for a value: no addresses, no hash codes, no code of the program.</summary>
internal static class ValueText
{
    private const int Longest = 24;

    public static string Of<T>(T value) => value switch
    {
        null => "null",
        string text => '"' + (text.Length <= Longest ? text : text[..Longest] + "…") + '"',
        char letter => $"'{letter}'",
        bool truth => truth ? "true" : "false",
        Enum name => name.ToString(),
        long wide when wide >>> 32 != 0 && wide > 0 => Halves((ulong)wide),
        ulong wide when wide >>> 32 != 0 => Halves(wide),
        IFormattable number when number.GetType().IsPrimitive => number.ToString(null, CultureInfo.InvariantCulture),
        Type type => type.Name,
        _ => value.GetType().Name,
    };

    // What does not fit into half a word is mostly packed from two halves.
    private static string Halves(ulong wide) => string.Create(CultureInfo.InvariantCulture, $"{wide >>> 32}·2³²+{(uint)wide}");
}
