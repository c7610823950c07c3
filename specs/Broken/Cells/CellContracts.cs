using ConcurrencySpecs.Testing;
using FsCheck.Fluent;

namespace ConcurrencySpecs.Broken.Cells;

/// <summary>Something that can be set once.</summary>
public interface IOnce
{
    bool TrySet(int value);

    int? Value { get; }
}

/// <summary>What a set-once cell owes: one caller wins, and the value is whole as soon as it can be seen.</summary>
public abstract class OnceContract : ConcurrentSpec<IOnce, int>
{
    private const int Unset = 0;

    protected override int InitialState => Unset;

    protected override IEnumerable<Operation<IOnce, int>> Operations =>
    [
        Operation("TrySet", Gen.Choose(1, 9), (cell, value) => cell.TrySet(value), (set, value) => set == Unset ? (value, true) : (set, false)),
        Operation("Value", cell => cell.Value, set => (set, set == Unset ? (int?)null : set)),
    ];
}

/// <summary>Two numbers that are always written together.</summary>
public interface IPair
{
    void Write(int value);

    (int First, int Second) Read();
}

/// <summary>What a pair owes: a reader sees both numbers of the same write.</summary>
public abstract class PairContract : ConcurrentSpec<IPair, int>
{
    protected override int InitialState => 0;

    protected override IEnumerable<Operation<IPair, int>> Operations =>
    [
        Operation("Write", Gen.Choose(1, 9), Write, (_, value) => (value, true)).By("writer"),
        Operation("Read", pair => pair.Read(), value => (value, (value, value))).By("reader"),
    ];

    private static bool Write(IPair pair, int value)
    {
        pair.Write(value);
        return true;
    }
}
