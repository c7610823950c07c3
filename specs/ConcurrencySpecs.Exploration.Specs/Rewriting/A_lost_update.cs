using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ConcurrencySpecs.Exploration;

/// <summary>Each row of the table of what the explorer before us missed: <c>++</c> by two threads on every kind of memory.</summary>
public sealed class A_lost_update
{
    private static int _static;
    private int _instance;
    private Pair _pair;

    private int Property { get; set; }

    [Fact]
    public void on_an_instance_field_is_found() =>
        Finds(() => { var a = new A_lost_update(); Together.Counts(() => a._instance++, () => a._instance++, () => a._instance); });

    [Fact] public void on_a_static_field_is_found() => Finds(() => Together.Counts(() => _static++, () => _static++, () => _static));

    [Fact]
    public void on_a_property_is_found() =>
        Finds(() => { var a = new A_lost_update(); Together.Counts(() => a.Property++, () => a.Property++, () => a.Property); });

    [Fact] public void on_an_array_element_is_found() => Finds(() => { var a = new int[3]; Together.Counts(() => a[1]++, () => a[1]++, () => a[1]); });

    [Fact]
    public void on_an_element_of_a_matrix_is_found() =>
        Finds(() => { var a = new int[2, 2]; Together.Counts(() => a[1, 0] = a[1, 0] + 1, () => a[1, 0]++, () => a[1, 0]); });

    [Fact] public void on_a_byte_of_an_array_is_found() => Finds(() => { var a = new byte[3]; Together.Counts(() => a[1]++, () => a[1]++, () => a[1]); });

    [Fact]
    public void on_a_ref_parameter_is_found() => Finds(() =>
    {
        var a = new int[1];
        Together.Counts(() => Bump(ref a[0]), () => Bump(ref a[0]), () => a[0]);

        static void Bump(ref int value) => value++;
    });

    [Fact]
    public unsafe void through_a_pointer_is_found() => Finds(() =>
    {
        // Safe because the block is freed after both threads have ended.
        int* p = (int*)NativeMemory.AllocZeroed(4);
        try
        {
            Together.Counts(() => (*p)++, () => (*p)++, () => *p);
        }
        finally
        {
            NativeMemory.Free(p);
        }
    });

    [Fact] public void on_a_captured_local_is_found() => Finds(() => { int n = 0; Together.Counts(() => n++, () => n++, () => n); });

    [Fact]
    public void on_a_struct_in_a_field_is_found() =>
        Finds(() => { var a = new A_lost_update(); Together.Counts(() => a._pair.Right++, () => a._pair.Right++, () => a._pair.Right); });

    [Fact]
    public void on_a_struct_in_an_array_is_found() =>
        Finds(() => { var a = new Pair[2]; Together.Counts(() => a[1].Right++, () => a[1].Right++, () => a[1].Right); });

    [Fact]
    public void on_a_whole_struct_is_found() =>
        Finds(() => { var a = new Pair[1]; Together.Counts(() => a[0] = a[0].Next(), () => a[0].Right++, () => a[0].Right); });

    [Fact]
    public void inside_a_method_of_a_struct_is_found() =>
        Finds(() => { var a = new Pair[1]; Together.Counts(() => a[0].Bump(), () => a[0].Bump(), () => a[0].Right); });

    [Fact]
    public void on_an_element_of_a_span_is_found() =>
        Finds(() => { var a = new int[2]; Together.Counts(() => a.AsSpan()[1]++, () => a.AsSpan()[1]++, () => a[1]); });

    [Fact]
    public void on_an_inline_array_is_found() =>
        Finds(() => { var a = new Buffer[1]; Together.Counts(() => a[0][2]++, () => a[0][2]++, () => a[0][2]); });

    [Fact]
    public void on_a_field_of_a_generic_type_is_found() =>
        Finds(() => { var a = new Box<int>(); Together.Counts(() => a.Value++, () => a.Value++, () => a.Value); });

    [Fact]
    public void on_a_static_of_a_generic_type_is_found() =>
        Finds(() => Together.Counts(() => Box<A_lost_update>.Static++, () => Box<A_lost_update>.Static++, () => Box<A_lost_update>.Static));

    [Fact]
    public void in_a_generic_method_is_found() => Finds(() =>
    {
        var a = new int[1];
        Together.Counts(() => Set(a, Get(a) + 1), () => Set(a, Get(a) + 1), () => a[0]);

        static T Get<T>(T[] from) => from[0];
        static void Set<T>(T[] to, T value) => to[0] = value;
    });

    [Fact]
    public void on_a_tuple_is_found() =>
        Finds(() => { (int Left, int Right) a = default; Together.Counts(() => a.Right++, () => a.Right++, () => a.Right); });

    [Fact]
    public void on_an_enum_is_found() =>
        Finds(() => { var a = new Box<DayOfWeek>(); Together.Counts(() => a.Value++, () => a.Value++, () => (int)a.Value); });

    [Fact]
    public void on_a_volatile_field_is_found() =>
        Finds(() => { var a = new Flags(); Together.Counts(() => a.Volatile++, () => a.Volatile++, () => a.Volatile); });

    [Fact]
    public void on_the_fields_of_a_shared_iterator_is_found() => Finds(() =>
    {
        using IEnumerator<int> numbers = Numbers().GetEnumerator();
        int first = 0, second = 0;
        Together.Run(() => { numbers.MoveNext(); first = numbers.Current; }, () => { numbers.MoveNext(); second = numbers.Current; });
        Assert.NotEqual(first, second);

        static IEnumerable<int> Numbers()
        {
            for (int i = 1; ; i++) yield return i;
        }
    });

    [Fact]
    public void hidden_in_a_constructor_that_lets_its_object_out_is_found() => Finds(() =>
    {
        Leaky? seen = null;
        Together.Run(() => _ = new Leaky(self => seen = self), () => { if (seen is not null) Assert.Equal(1, seen.Value); });
    });

    private static void Finds(Action body)
    {
        var failed = Assert.Throws<ExplorationFailedException>(() => { Explore.Every(body); });
        Assert.Contains("Assert.", failed.Result.Counterexample!.Explanation, StringComparison.Ordinal);
    }

    private struct Pair
    {
        public int Left, Right;

        public readonly Pair Next() => new() { Left = Left + 1, Right = Right + 1 };

        public void Bump() => Right++;
    }

    [InlineArray(3)]
    private struct Buffer
    {
        private int _first;
    }

    private sealed class Box<T>
    {
        public static int Static;
        public T? Value;
    }

    private sealed class Flags
    {
        public volatile int Volatile;
    }

    private sealed class Leaky
    {
        private readonly int _value;

        public Leaky(Action<Leaky> show)
        {
            show(this);
            _value = 1;
        }

        public int Value => _value;
    }
}
