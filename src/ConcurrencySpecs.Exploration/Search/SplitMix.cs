namespace ConcurrencySpecs.Exploration.Search;

/// <summary>A small generator whose streams for neighbouring seeds have nothing in common.</summary>
/// <remarks>Source — Steele, Lea, Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014.</remarks>
internal struct SplitMix(ulong seed)
{
    private ulong _state = Mix(seed + 0x9E3779B97F4A7C15ul);

    public ulong Next() => Mix(_state += 0x9E3779B97F4A7C15ul);

    /// <summary>Evenly among 0 … <paramref name="bound"/> − 1.</summary>
    public int Below(int bound) => (int)((Next() >> 32) * (ulong)bound >> 32);

    /// <summary>The number of a set bit of <paramref name="mask"/>, all equally likely.</summary>
    public int OneOf(ulong mask)
    {
        int skip = Below(System.Numerics.BitOperations.PopCount(mask));
        while (skip-- > 0) mask &= mask - 1;
        return System.Numerics.BitOperations.TrailingZeroCount(mask);
    }

    public static ulong Mix(ulong value)
    {
        value = (value ^ value >> 30) * 0xBF58476D1CE4E5B9ul;
        value = (value ^ value >> 27) * 0x94D049BB133111EBul;
        return value ^ value >> 31;
    }
}
