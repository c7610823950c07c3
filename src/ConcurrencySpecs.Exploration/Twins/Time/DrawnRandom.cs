using System.Numerics;
using ConcurrencySpecs.Exploration.Scheduling;

#pragma warning disable RS0030 // outside an exploration the program gets what it asked for

namespace ConcurrencySpecs.Exploration.Twins;

/// <summary>A generator without a seed where the strategy chooses numbers too: each is made of choices of at most 256 ways.</summary>
/// <remarks>So a strategy can keep a note of every way. Every number is possible; where the ways are no power of 256, low ones come more often.</remarks>
internal sealed class DrawnRandom : Random
{
    private const int BitsOfChoice = 8, MostWays = 1 << BitsOfChoice;
    private const int BitsOfDouble = 53, BitsOfSingle = 24;

    public override int Next() => Next(int.MaxValue);

    public override int Next(int maxValue)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxValue);
        return (int)Number((ulong)maxValue);
    }

    public override int Next(int minValue, int maxValue) => (int)NextInt64(minValue, maxValue);

    public override long NextInt64() => NextInt64(long.MaxValue);

    public override long NextInt64(long maxValue)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxValue);
        return (long)Number((ulong)maxValue);
    }

    public override long NextInt64(long minValue, long maxValue)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minValue, maxValue);
        return unchecked(minValue + (long)Number((ulong)maxValue - (ulong)minValue));
    }

    public override double NextDouble() => Number(1ul << BitsOfDouble) / (double)(1ul << BitsOfDouble);

    public override float NextSingle() => Number(1ul << BitsOfSingle) / (float)(1ul << BitsOfSingle);

    public override void NextBytes(byte[] buffer)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        NextBytes(buffer.AsSpan());
    }

    public override void NextBytes(Span<byte> buffer)
    {
        foreach (ref byte one in buffer) one = (byte)Choice(MostWays);
    }

    protected override double Sample() => NextDouble();

    private static ulong Number(ulong ways)
    {
        if (ways <= 1) return 0;
        int shift = BitOperations.Log2(ways - 1) / BitsOfChoice * BitsOfChoice;
        ulong number = Choice((int)((ways - 1) >> shift) + 1);
        for (; shift > 0; shift -= BitsOfChoice) number = (number << BitsOfChoice) | Choice(MostWays);
        return number % ways;
    }

    private static uint Choice(int ways) =>
        ways == 1 ? 0 : (uint)(Execution.Current is { ChoosesNumbers: true } execution ? execution.Draw(ways) : Random.Shared.Next(ways));
}
