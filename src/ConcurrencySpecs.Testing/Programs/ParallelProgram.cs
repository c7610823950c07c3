using System.Collections.Immutable;
using ConcurrencySpecs.Linearizability;

namespace ConcurrencySpecs.Testing.Programs;

/// <summary>One call to make: the operation's index and its argument.</summary>
internal sealed record Command(int Operation, object? Argument);

/// <summary>The commands of one thread, and the role it plays if the spec has roles.</summary>
internal sealed record Lane(string? Role, ImmutableArray<Command> Commands);

/// <summary>A few commands for each of a few threads. One lane is a sequential program.</summary>
internal sealed record ParallelProgram(ImmutableArray<Lane> Lanes)
{
    public int Calls => Lanes.Sum(lane => lane.Commands.Length);

    /// <summary><c>TryPut(1); TryGet() ‖ TryGet()</c></summary>
    public string Describe(IReadOnlyList<OperationShape> shapes) => string.Join(" ‖ ", Lanes.Select(lane =>
        string.Join("; ", lane.Commands.Select(command =>
            $"{shapes[command.Operation].Name}({(command.Argument is null ? "" : Show.Value(command.Argument))})"))));

    public ParallelProgram With(int lane, ImmutableArray<Command> commands) => new(Lanes.SetItem(lane, Lanes[lane] with { Commands = commands }));
}
