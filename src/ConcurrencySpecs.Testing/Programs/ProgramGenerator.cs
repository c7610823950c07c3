using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;

namespace ConcurrencySpecs.Testing.Programs;

/// <summary>Random programs over a spec's operations, drawn with FsCheck so that its arguments come from the user's generators.</summary>
internal static class ProgramGenerator
{
    /// <summary>A program of one lane whose length grows with FsCheck's size.</summary>
    public static Gen<ParallelProgram> Sequential(ConcurrentSpec spec)
    {
        Gen<Command> any = CommandOf(spec.Shapes, _ => true);
        return Gen.Sized(size => from length in Gen.Choose(1, Math.Max(1, size))
                                 from commands in Gen.ArrayOf(any, length)
                                 select new ParallelProgram([new Lane(null, [.. commands])]));
    }

    /// <summary>A program of at least two lanes; where the spec has roles, one lane for each of them.</summary>
    public static Gen<ParallelProgram> Parallel(ConcurrentSpec spec) => Parallel(spec, spec.Threads, spec.CallsPerThread);

    /// <summary>The same with at most so many threads and calls per thread.</summary>
    public static Gen<ParallelProgram> Parallel(ConcurrentSpec spec, int threads, int callsPerThread)
    {
        var shapes = spec.Shapes;
        string?[] roles = [.. shapes.Select(shape => shape.Role).Where(role => role is not null).Distinct()];
        Gen<string?[]> cast = roles.Length > 0
            ? Gen.Constant(roles)
            : Gen.Choose(2, Math.Max(2, threads)).Select(lanes => new string?[lanes]);
        return from players in cast
               from lanes in Together([.. players.Select(role => LaneOf(shapes, role, callsPerThread))])
               select new ParallelProgram([.. lanes]);
    }

    /// <summary>The <paramref name="index"/>th program of the stream that <paramref name="seed"/> starts.</summary>
    public static ParallelProgram Draw(Gen<ParallelProgram> programs, ulong seed, int index)
    {
        const int Size = 20;
        return programs.Sample(Size, Seeds.Rnd(Seeds.Mix(seed, (ulong)index)), 1).First();
    }

    private static Gen<Lane> LaneOf(IReadOnlyList<OperationShape> shapes, string? role, int longest) =>
        from length in Gen.Choose(1, longest)
        from commands in Gen.ArrayOf(CommandOf(shapes, shape => shape.Role is null || shape.Role == role), length)
        select new Lane(role, [.. commands]);

    private static Gen<Command> CommandOf(IReadOnlyList<OperationShape> shapes, Func<OperationShape, bool> allowed)
    {
        int[] indices = [.. Enumerable.Range(0, shapes.Count).Where(i => allowed(shapes[i]))];
        return from index in Gen.Elements(indices)
               from argument in shapes[index].Argument
               select new Command(index, argument);
    }

    private static Gen<ImmutableArray<Lane>> Together(Gen<Lane>[] lanes) => lanes.Aggregate(
        Gen.Constant(ImmutableArray<Lane>.Empty),
        (together, next) => from some in together from one in next select some.Add(one));
}
