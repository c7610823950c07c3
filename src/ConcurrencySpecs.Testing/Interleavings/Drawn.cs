using System.Collections.Immutable;
using System.Globalization;
using ConcurrencySpecs.Testing.Programs;

namespace ConcurrencySpecs.Testing.Interleavings;

/// <summary>A program by its origin: the seed, its index in the stream that the seed starts, and the cuts that made it smaller.</summary>
/// <remarks>With a schedule it is one short word that brings a failure back: <c>p7.3.12.0:x1.yOQEAAAAAgEDPA</c>.</remarks>
internal sealed record Drawn(ulong Seed, int Index, ImmutableArray<int> Cuts)
{
    private const int ProgramsPerSize = 3;

    /// <summary>The program: short ones first, then longer ones, up to what the spec asks for.</summary>
    public ParallelProgram Program(ConcurrentSpec spec)
    {
        int calls = Math.Min((Index / ProgramsPerSize) + 1, spec.CallsPerThread);
        ParallelProgram program = ProgramGenerator.Draw(ProgramGenerator.Parallel(spec, spec.Threads, calls), Seed, Index);
        foreach (int cut in Cuts) program = ProgramShrinker.Smaller(program).ElementAt(cut);
        return program;
    }

    /// <summary>Programs that are one cut smaller, the boldest first.</summary>
    public IEnumerable<Drawn> Smaller(ConcurrentSpec spec) => ProgramShrinker.Smaller(Program(spec)).Select((_, cut) => this with { Cuts = Cuts.Add(cut) });

    /// <summary>The word for one schedule of the program.</summary>
    public string Write(string schedule) =>
        string.Create(CultureInfo.InvariantCulture, $"p{Seed}.{Index}{string.Concat(Cuts.Select(cut => $".{cut}"))}:{schedule}");

    /// <summary>The program and the schedule of a word.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static (Drawn Drawn, string Schedule) Read(string word)
    {
        int end = word.IndexOf(':', StringComparison.Ordinal);
        string[] numbers = end > 1 && word[0] == 'p' ? word[1..end].Split('.') : [];
        if (numbers.Length >= 2 && ulong.TryParse(numbers[0], NumberStyles.None, CultureInfo.InvariantCulture, out ulong seed)
            && numbers[1..].All(number => int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out _)))
        {
            int[] rest = [.. numbers[1..].Select(number => int.Parse(number, CultureInfo.InvariantCulture))];
            return (new(seed, rest[0], [.. rest[1..]]), word[(end + 1)..]);
        }

        throw new FormatException($"{Seeds.ScheduleVariable} is \"{word}\": expected a program and its schedule, such as p7.3:x1.yOQEAAAAAgEDPA. "
            + "Copy the whole word that the failure printed.");
    }
}
