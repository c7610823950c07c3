using ConcurrencySpecs.Exploration.Twins;
using static Exploring;
using Interlocked = ConcurrencySpecs.Exploration.Twins.Interlocked;

public sealed class A_lazy_twin
{
    [Fact]
    public void makes_its_value_once() => Ends("1 1 1", () =>
    {
        int made = 0, a = 0, b = 0;
        var lazy = new ConcurrencySpecs.Exploration.Twins.Lazy<int>(() => Interlocked.Increment(ref made));
        Together(() => a = lazy.Value, () => b = lazy.Value);
        return $"{a} {b} {made}";
    });

    [Fact]
    public void may_make_it_twice_when_only_publication_is_safe() => Ends("1 | 2", () =>
    {
        int made = 0;
        var lazy = new ConcurrencySpecs.Exploration.Twins.Lazy<int>(() => Interlocked.Increment(ref made), LazyThreadSafetyMode.PublicationOnly);
        Together(() => _ = lazy.Value, () => _ = lazy.Value);
        return made;
    });

    [Fact]
    public void answers_like_the_real_one()
    {
        Agree(() =>
        {
            int n = 0;
            var lazy = new System.Lazy<int>(() => n++ == 0 ? throw new FormatException() : 5);
            return $"{lazy.IsValueCreated} {Try(() => lazy.Value)} {Try(() => lazy.Value)} {n} {lazy.IsValueCreated} {new System.Lazy<int>(3).Value} " +
                $"{new System.Lazy<int>(3).IsValueCreated} {lazy}";
        }, () =>
        {
            int n = 0;
            var lazy = new ConcurrencySpecs.Exploration.Twins.Lazy<int>(() => n++ == 0 ? throw new FormatException() : 5);
            return $"{lazy.IsValueCreated} {Try(() => lazy.Value)} {Try(() => lazy.Value)} {n} {lazy.IsValueCreated} " +
                $"{new ConcurrencySpecs.Exploration.Twins.Lazy<int>(3).Value} {new ConcurrencySpecs.Exploration.Twins.Lazy<int>(3).IsValueCreated} {lazy}";
        });
    }
}
