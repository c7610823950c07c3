using ConcurrencySpecs.Testing;

namespace ConcurrencySpecs.Broken.Counters;

/// <summary>Something that counts.</summary>
public interface ICounter
{
    /// <summary>Adds one and gives the new count.</summary>
    int Increment();
}

/// <summary>What every counter owes: no increment is lost, no count is given twice.</summary>
public abstract class CounterContract : ConcurrentSpec<ICounter, int>
{
    protected override int InitialState => 0;

    protected override int Threads => 2;

    protected override IEnumerable<Operation<ICounter, int>> Operations =>
        [Operation("Increment", counter => counter.Increment(), count => (count + 1, count + 1))];
}
