using System.Buffers.Text;
using ConcurrencySpecs.Exploration.Scheduling;

namespace ConcurrencySpecs.Exploration.Explanation;

/// <summary>A schedule as one short word that survives a shell, a log and an attribute: version, base64url of small numbers, check.</summary>
/// <remarks>One version has no chosen numbers, the other has their count and them behind the parents.</remarks>
internal static class ReplayString
{
    private const string Version = "x1.", WithNumbers = "x2.";

    /// <summary>The word for a schedule of a program with this <see cref="Replaying.Fingerprint"/>.</summary>
    public static string Write(Schedule schedule, uint fingerprint)
    {
        var bytes = new List<byte> { (byte)fingerprint, (byte)(fingerprint >> 8) };
        int threads = Used(schedule);
        Number(bytes, threads);
        for (int i = 1; i < threads; i++) Number(bytes, schedule.Parents[i]);
        if (schedule.Draws.Count > 0) Number(bytes, schedule.Draws.Count);
        foreach (Draw draw in schedule.Draws)
        {
            Number(bytes, draw.Thread);
            Number(bytes, draw.Value);
        }
        foreach (Deviation deviation in schedule.Deviations)
        {
            Number(bytes, deviation.Thread);
            Number(bytes, deviation.Step);
            Number(bytes, deviation.Target);
        }
        byte[] text = [.. bytes];
        return (schedule.Draws.Count > 0 ? WithNumbers : Version) + Base64Url.EncodeToString([.. text, Check(text)]);
    }

    /// <summary>The schedule of a word, and the fingerprint of the program that it belongs to (its lower 16 bits).</summary>
    /// <exception cref="FormatException">The word is incomplete, mistyped or of another version.</exception>
    public static (Schedule Schedule, uint Fingerprint) Read(string word)
    {
        ArgumentNullException.ThrowIfNull(word);
        bool hasNumbers = word.StartsWith(WithNumbers, StringComparison.Ordinal);
        if (!hasNumbers && !word.StartsWith(Version, StringComparison.Ordinal)) throw new FormatException(
            $"\"{word}\" is no schedule of this version: it should begin with \"{Version}\" or \"{WithNumbers}\". "
            + "Copy the whole word that the failure printed.");
        byte[] bytes = Decode(word);
        int at = 2;
        int threads = Next(word, bytes, ref at);
        var parents = new int[Math.Clamp(threads, 1, 64)];
        parents[0] = -1;
        for (int i = 1; i < parents.Length; i++) parents[i] = Next(word, bytes, ref at);
        var draws = new Draw[hasNumbers ? Math.Min(Next(word, bytes, ref at), bytes.Length) : 0];
        for (int i = 0; i < draws.Length; i++) draws[i] = new Draw(Next(word, bytes, ref at) % Execution.MaxThreads, Next(word, bytes, ref at));
        var deviations = new List<Deviation>();
        while (at < bytes.Length - 1) deviations.Add(new Deviation(Next(word, bytes, ref at), Next(word, bytes, ref at), Next(word, bytes, ref at)));
        return (new Schedule(deviations, parents) { Draws = draws }, (uint)(bytes[0] | bytes[1] << 8));
    }

    private static byte[] Decode(string word)
    {
        byte[] bytes;
        try
        {
            bytes = Base64Url.DecodeFromChars(word.AsSpan(Version.Length));
        }
        catch (FormatException)
        {
            throw Broken(word);
        }
        if (bytes.Length < 4 || Check(bytes.AsSpan(0, bytes.Length - 1)) != bytes[^1]) throw Broken(word);
        return bytes;
    }

    private static FormatException Broken(string word) =>
        new($"\"{word}\" is damaged: a character is missing, added or changed. Copy the whole word that the failure printed.");

    /// <summary>Threads up to the highest number that matters; the others are numbered as they come.</summary>
    private static int Used(Schedule schedule)
    {
        int used = 1;
        foreach (Deviation deviation in schedule.Deviations) used = Math.Max(used, Math.Max(deviation.Thread, deviation.Target) + 1);
        foreach (Draw draw in schedule.Draws) used = Math.Max(used, draw.Thread + 1);
        return Math.Min(used, schedule.Parents.Count);
    }

    private static byte Check(ReadOnlySpan<byte> bytes)
    {
        uint sum = 17;
        foreach (byte b in bytes) sum = sum * 31 + b;
        return (byte)(sum ^ sum >> 8);
    }

    private static void Number(List<byte> bytes, int value)
    {
        for (; value > 127; value >>= 7) bytes.Add((byte)(value | 128));
        bytes.Add((byte)value);
    }

    private static int Next(string word, byte[] bytes, ref int at)
    {
        int value = 0;
        for (int shift = 0; shift < 32; shift += 7)
        {
            if (at >= bytes.Length - 1) throw Broken(word);
            byte b = bytes[at++];
            value |= (b & 127) << shift;
            if (b < 128) return value;
        }
        throw Broken(word);
    }
}
