using System.Reflection;

namespace ConcurrencySpecs.Exploration.Hooks;

/// <summary>The counters of a coverage tool, as they are outside: what runs in a twin is counted there, and is no step.</summary>
internal static class CoverageHits
{
    private static readonly Lock _mutex = new();
    private static volatile Action<int>[] _counters = [];

    /// <summary>Adds a counter, a static method that takes a line's number, and returns the counter's own number.</summary>
    public static int Add(MethodInfo counter)
    {
        lock (_mutex)
        {
            _counters = [.. _counters, counter.CreateDelegate<Action<int>>()];
            return _counters.Length - 1;
        }
    }

    /// <summary>A line is reached.</summary>
    public static void Hit(int line, int counter) => _counters[counter](line);
}
