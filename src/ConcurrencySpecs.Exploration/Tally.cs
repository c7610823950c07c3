namespace ConcurrencySpecs.Exploration;

/// <summary>Gathers values over all schedules: the one captured object that is the same in each of them.</summary>
/// <remarks>
/// <para>Everything else that a body captures is restored before every schedule. A tally answers which results the schedules can have:</para>
/// <code>
/// var seen = new Tally&lt;int&gt;();
/// Explore.Every(() => { … seen.Add(desk.Sold); });
/// Assert.Equal([1, 2], seen.Values.Order());
/// </code>
/// <para>Adding is no step of the schedule. The type of the values must not be rewritten: numbers, strings, tuples of them.</para>
/// </remarks>
/// <typeparam name="T">The type of the values.</typeparam>
public sealed class Tally<T> where T : notnull
{
    private readonly Lock _gate = new();
    private readonly HashSet<T> _values = [];

    /// <summary>Adds a value; one that is there already changes nothing. Callable from any thread.</summary>
    /// <param name="value">What a schedule came to.</param>
    public void Add(T value)
    {
        lock (_gate) _values.Add(value);
    }

    /// <summary>The distinct values so far, as a copy.</summary>
    public IReadOnlyCollection<T> Values { get { lock (_gate) return [.. _values]; } }
}
