using System.ComponentModel;
using ConcurrencySpecs.Exploration.Scheduling;

#pragma warning disable RS0030 // outside an exploration the program gets what it asked for

namespace ConcurrencySpecs.Exploration.Twins;

/// <summary>Stands for the calls of <see cref="Random"/>: what has no seed gets one, the same in every schedule,
/// or draws what the strategy chooses.</summary>
[CallsOf(typeof(Random)), EditorBrowsable(EditorBrowsableState.Never)]
[Passes("*")]
public static class RandomCalls
{
    private const int Seed = 20_001;

    /// <summary>Seeded by the thread that makes it and by how many it has made: no other thread's doing changes the numbers.</summary>
    public static Random New() => Steps.Exploring ? Seeded(++ThreadState.Mine.Randoms) : new Random();

    /// <summary>Of its own for every thread, so that drawing from it is nobody else's business.</summary>
    public static Random get_Shared() => Steps.Exploring ? ThreadState.Mine.SharedRandom ??= Seeded(0) : Random.Shared;

    public static Random New(int seed) => new(seed);

    private static Random Seeded(int count) =>
        Execution.Current!.ChoosesNumbers ? new DrawnRandom() : new Random(HashCodeOf(Execution.Current!.Running.Id, count));

    private static int HashCodeOf(int thread, int count) => unchecked(((Seed * 31) + thread) * 1_000_003 + count);
}
