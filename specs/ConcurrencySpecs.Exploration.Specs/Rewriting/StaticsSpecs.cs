using ConcurrencySpecs.Exploration;
using ConcurrencySpecs.Exploration.Scheduling;

public sealed class A_static_field
{
    private static int _plain;
    private static readonly List<int> _list = [1];
    private static readonly int _chained = Chain.Next();

    [ThreadStatic] private static int _perThread;
    [ThreadStatic] private static string? _perThreadText;

    [Fact]
    public void begins_every_schedule_with_its_initial_value() => Exhausts(() =>
    {
        Assert.Equal(0, _plain);
        Assert.Equal([1], _list);
        Assert.Equal(1, _chained);
        Assert.Equal(1, Chain.Count);
        Together.Run(() => _plain++, () => _list.Add(2));
        Chain.Next();
    });

    [Fact]
    public void of_a_generic_type_is_reset_per_instantiation() => Exhausts(() =>
    {
        Assert.Equal(7, Of<int>.Value);
        Assert.Equal(7, Of<string>.Value);
        Together.Run(() => Of<int>.Value++, () => Of<int>.Value++);
        Of<string>.Value = 0;
    });

    [Fact]
    public void sees_the_same_in_a_cycle_of_static_constructors_each_time() => Exhausts(() =>
    {
        Assert.Equal((11, 10), (Left.Value, Right.Value));
        Together.Run(() => Left.Value++, () => Left.Value++);
    });

    [Fact]
    public void outside_keeps_its_value()
    {
        _plain = 5;
        Exhausts(() => _plain++);
        Assert.Equal(5, _plain);
    }

    [Fact]
    public void of_a_thread_belongs_to_a_logical_thread() => Exhausts(() =>
    {
        Assert.Equal(0, _perThread);
        Together.Run(Bump, Bump);
        Assert.Equal(0, _perThread);
        _perThread = 3;
        Together.Run(Bump);
        Assert.Equal(3, _perThread);
        Assert.Null(_perThreadText);
        _perThreadText = "main";

        static void Bump()
        {
            Assert.Equal(0, _perThread);
            _perThread++;
            Add(ref _perThread);
            Assert.Equal(2, _perThread);
        }

        static void Add(ref int value) => value++;
    });

    [Fact]
    public void is_initialised_in_one_step() => Exhausts(() =>
    {
        int first = 0, second = 0;
        Together.Run(() => first = Slow.Value, () => second = Slow.Value);
        Assert.Equal((3, 3), (first, second));
    });

    private static void Exhausts(Action body)
    {
        ExplorationResult result = Explore.Every(body);
        Assert.True(result.Exhausted, result.ToString());
    }

    private static class Chain
    {
        public static int Count;

        public static int Next() => ++Count;
    }

    private static class Of<T>
    {
        public static int Value = 7;
    }

    private static class Left
    {
        public static int Value = Right.Value + 1;
    }

    private static class Right
    {
        public static int Value = Left.Value + 10;
    }

    private static class Slow
    {
        public static readonly int Value;

        static Slow()
        {
            for (int i = 0; i < 3; i++) Value++;
        }
    }
}
