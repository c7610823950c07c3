using System.Globalization;

namespace ConcurrencySpecs.Native;

/// <summary>What /proc says about processes.</summary>
internal static class ProcFiles
{
    private const int StartTimeField = 22, FieldsBeforeName = 2, ChildEnded = 17;

    /// <summary>When a process was started, in clock ticks since the system was; together with the id it never means another process.</summary>
    /// <returns>Zero when there is no such process, or when it is a zombie: it holds nothing any more.</returns>
    public static long StartTimeOf(int pid) => Read(pid) is { IsZombie: false } found ? found.Started : 0;

    /// <summary>The same of one that has ended too, as long as nobody has taken its exit status.</summary>
    public static long StartTimeOfZombie(int pid) => Read(pid)?.Started ?? 0;

    /// <summary>Whether this process ignores the signal that tells of a child's end, which makes the system forget exit statuses.</summary>
    public static bool IgnoresEndOfChildren()
    {
        string line = File.ReadLines("/proc/self/status").First(one => one.StartsWith("SigIgn:", StringComparison.Ordinal));
        ulong ignored = ulong.Parse(line.AsSpan("SigIgn:".Length), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return (ignored >> (ChildEnded - 1) & 1) != 0;
    }

    private static (bool IsZombie, long Started)? Read(int pid)
    {
        string line;
        try { line = File.ReadAllText($"/proc/{pid}/stat"); }
        catch (IOException) { return null; }    // no such process, or it ended while we read: the same answer

        // the second field is the program's name in brackets and may hold anything, brackets and spaces too
        string[] fields = line[(line.LastIndexOf(')') + 2)..].Split(' ');
        return Digits.TryRead(fields[StartTimeField - FieldsBeforeName - 1], out long started) ? (fields[0] is "Z" or "X", started)
            : throw new InvalidDataException($"The system says \"{line}\" of process {pid}, where a start time was expected as field {StartTimeField}.");
    }
}
