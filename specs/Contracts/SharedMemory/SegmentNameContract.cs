using ConcurrencySpecs.Testing;

namespace ConcurrencySpecs.Contracts.SharedMemory;

/// <summary>What a named segment owes: its name is there from its creation until its owner unlinks it, whoever attaches to it and leaves meanwhile.</summary>
/// <remarks>Names are files, which the explorer does not control: it is asked of the sequential engine, by those who derive from it.</remarks>
public abstract class SegmentNameContract : ConcurrentSpec<SegmentName, (bool IsNamed, int Attached)>
{
    protected override (bool IsNamed, int Attached) InitialState => (false, 0);

    protected override IEnumerable<Operation<SegmentName, (bool IsNamed, int Attached)>> Operations =>
    [
        Operation("Create", name => name.Create(), was => ((true, was.Attached), !was.IsNamed)),
        Operation("Attach", name => name.Attach(), was => ((was.IsNamed, was.Attached + (was.IsNamed ? 1 : 0)), was.IsNamed)),
        Operation("Detach", name => name.Detach(), was => ((was.IsNamed, Math.Max(0, was.Attached - 1)), was.Attached > 0)),
        Operation("IsNamed", name => name.IsNamed, was => (was, was.IsNamed)),
        Operation("Unlink", name => name.Unlink(), was => ((false, was.Attached), was.IsNamed)),
    ];
}
