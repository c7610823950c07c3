namespace ConcurrencySpecs.Signed;

/// <summary>A counter that only friends see, in an assembly with a strong name.</summary>
internal sealed class SignedCounter
{
    private int _count;

    internal int Count => _count;

    internal void Add() => _count++;

    internal void AddAtOnce() => Interlocked.Increment(ref _count);
}
