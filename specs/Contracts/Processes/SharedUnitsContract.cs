using ConcurrencySpecs.Testing;
using FsCheck.Fluent;

namespace ConcurrencySpecs.Contracts.Processes;

/// <summary>What a semaphore between processes owes: never more inside than units, nobody waits while there is one, a release too many changes nothing.</summary>
public class ProcessSemaphoreContract : ConcurrentSpec<UnitsOfTwo, int>
{
    protected const int Maximum = 2;

    private static readonly TimeSpan _soon = TimeSpan.FromTicks(1);

    protected override UnitsOfTwo NewSubject() => new(NewUnits());

    protected virtual SharedUnits NewUnits() => new(InitialState, Maximum);

    protected override int InitialState => 1;

    protected override IEnumerable<Operation<UnitsOfTwo, int>> Operations => [Wait, TryWait, WaitSoon, Release];

    protected override Operation<UnitsOfTwo, int> LastLook => Operation("CurrentCount", units => units.CurrentCount, units => (units, units));

    protected static Operation<UnitsOfTwo, int> Wait { get; } = WaitCalled("Wait");

    protected static Operation<UnitsOfTwo, int> WaitCalled(string name) =>
        Operation(name, (units, cancel) => units.Take(Timeout.InfiniteTimeSpan, cancel), units => units > 0 ? (units - 1, true) : Step.Waits);

    protected static Operation<UnitsOfTwo, int> TryWait { get; } = Operation("TryWait", units => units.Take(TimeSpan.Zero), OrNothing);

    protected static Operation<UnitsOfTwo, int> WaitSoon { get; } = Operation("Wait within a tick", units => units.Take(_soon), OrNothing);

    /// <summary>With a limit as well: a token is seen at the next look, which nobody takes by himself in an exploration.</summary>
    protected static Operation<UnitsOfTwo, int> WaitCutShort { get; } = Operation("Wait within a tick, cut short", units => units.TakeCutShort(_soon),
        units => units > 0 ? Step.OneOf((units - 1, true), (units, false)) : (units, false));

    protected static Operation<UnitsOfTwo, int> Release { get; } = Operation("Release", Gen.Choose(1, 2), (units, count) => units.GiveBack(count),
        (units, count) => units + count <= Maximum ? (units + count, true) : (units, false));

    private static Step<int, bool> OrNothing(int units) => units > 0 ? (units - 1, true) : (units, false);
}

/// <summary>The same with waits that a token ends.</summary>
public sealed class ProcessSemaphoreCutShortContract : ProcessSemaphoreContract
{
    public override string Name => "ProcessSemaphore (cut short)";

    protected override int Threads => 2;

    protected override IEnumerable<Operation<UnitsOfTwo, int>> Operations => [Wait, WaitSoon, WaitCutShort, Release];
}
