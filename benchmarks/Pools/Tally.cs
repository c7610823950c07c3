using System.Runtime.InteropServices;

namespace ConcurrencySpecs.Benchmarks.Pools;

/// <summary>Counts what threads have done without making them share a cache line, which would cost more than what is measured.</summary>
internal static class Tally
{
    [ThreadStatic] private static Cell? _mine;

    private static readonly Lock _gate = new();
    private static Cell[] _cells = [];
    private static long _before;

    /// <summary>Forgets what was counted so far. While nobody counts.</summary>
    public static void Start() => _before = Sum();

    public static void Count() => (_mine ?? NewCell()).Done++;

    /// <summary>Returns once so many were counted since the start, within a millisecond; it looks seldom, so as to leave the cores to those who count.</summary>
    public static void Await(long wanted)
    {
        while (Sum() - _before < wanted) Thread.Sleep(1);
    }

    private static long Sum()
    {
        long sum = 0;
        foreach (Cell cell in Volatile.Read(ref _cells)) sum += Volatile.Read(ref cell.Done);
        return sum;
    }

    private static Cell NewCell()
    {
        var cell = new Cell();
        lock (_gate) Volatile.Write(ref _cells, [.. _cells, cell]);
        return _mine = cell;
    }

    [StructLayout(LayoutKind.Sequential)]
    private sealed class Cell
    {
        public long Done;
        private readonly Padding _after;
    }

    [StructLayout(LayoutKind.Sequential, Size = 256)]
    private struct Padding;
}
