using ConcurrencySpecs.Exploration.Explanation;

namespace ConcurrencySpecs.Exploration.Scheduling;

// Numbers that the program draws without a seed. They are the same in every schedule, unless the strategy chooses them too: then they belong to it.
internal sealed partial class Execution
{
    private readonly List<Draw> _draws = [];

    /// <summary>Whether <see cref="Draw"/> is to be asked.</summary>
    public bool ChoosesNumbers => _strategy.ChoosesNumbers;

    /// <summary>A number from 0 to <paramref name="ways"/> − 1 for the thread on the move, which is no step: nobody else can see it yet.</summary>
    public int Draw(int ways)
    {
        int drawn = _strategy.Draw(this, ways);
        _draws.Add(new Draw(Running.Id, drawn));
        return drawn;
    }
}
