using System.Collections.Immutable;

namespace ConcurrencySpecs.Testing.Programs;

/// <summary>Smaller programs, the boldest cuts first: fewer threads, half the calls of one, one call less, a simpler argument.</summary>
internal static class ProgramShrinker
{
    public static IEnumerable<ParallelProgram> Smaller(ParallelProgram program)
    {
        if (program.Lanes.Length > 1)
            for (int lane = 0; lane < program.Lanes.Length; lane++) yield return new(program.Lanes.RemoveAt(lane));

        for (int lane = 0; lane < program.Lanes.Length; lane++)
            foreach (ImmutableArray<Command> fewer in Fewer(program.Lanes[lane].Commands)) yield return program.With(lane, fewer);

        for (int lane = 0; lane < program.Lanes.Length; lane++)
            foreach (ImmutableArray<Command> simpler in Simpler(program.Lanes[lane].Commands)) yield return program.With(lane, simpler);
    }

    private static IEnumerable<ImmutableArray<Command>> Fewer(ImmutableArray<Command> commands)
    {
        for (int cut = commands.Length / 2; cut >= 2; cut /= 2)
            for (int from = 0; from + cut <= commands.Length; from += cut) yield return commands.RemoveRange(from, cut);
        if (commands.Length > 1)
            for (int i = 0; i < commands.Length; i++) yield return commands.RemoveAt(i);
    }

    private static IEnumerable<ImmutableArray<Command>> Simpler(ImmutableArray<Command> commands)
    {
        for (int i = 0; i < commands.Length; i++)
            foreach (object? argument in Arguments.Simpler(commands[i].Argument))
                yield return commands.SetItem(i, commands[i] with { Argument = argument });
    }
}
