using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text;

/// <summary>Programs that use one corner of the language each and say what they computed.</summary>
internal static class SmokePrograms
{
    public static readonly Dictionary<string, Func<string>> All = new()
    {
        ["generics"] = () => $"{Max(3, 5)} {Max("a", "b")} {new Pair<int, string>(1, "x").Swap()} {Sum<double>([1.5, 2])} {Default<DateTime>():yyyy}",
        ["constraints"] = () => $"{Make<StringBuilder>().Append('x')} {Name<IFormattable>(12)} {Name<Item>(new Item(1))}",
        ["variance"] = () => { IEnumerable<object> items = new List<string> { "a", "b" }; object[] array = new string[] { "c" }; return string.Join(",", items) + array[0] + Mismatch(array); },
        ["iterators"] = () => string.Join(",", Fibonacci().Skip(3).Take(4)) + string.Join(",", Reverse([1, 2, 3])),
        ["async"] = () => Asynchronously(3).GetAwaiter().GetResult(),
        ["async iterators"] = () => Collect().GetAwaiter().GetResult(),
        ["ref returns"] = () => { int[] a = [1, 2, 3]; ref int found = ref Find(a, 2); found = 9; ref readonly int first = ref a[0]; return $"{a[1]} {first}"; },
        ["ref fields"] = () => { int n = 1; var holder = new RefHolder(ref n); holder.Add(4); return n.ToString(CultureInfo.InvariantCulture); },
        ["conditional ref"] = () => { int a = 1, b = 2; (a > b ? ref a : ref b) = 7; return $"{a}{b}"; },
        ["spans"] = () => { Span<int> s = stackalloc int[4]; for (int i = 0; i < 4; i++) s[i] = i * i; ReadOnlySpan<char> text = "hello"; return $"{s[1..][2]} {text[^2..].ToString()} {s.ToArray().Sum()}"; },
        ["stackalloc pointers"] = Pointers,
        ["inline arrays"] = () => { var b = new Buffer4(); for (int i = 0; i < 4; i++) b[i] = i; int sum = 0; foreach (int i in b) sum += i; return sum.ToString(CultureInfo.InvariantCulture); },
        ["static abstracts"] = () => $"{Twice(new Metre(2)).Value} {Zero<Metre>().Value}",
        ["function pointers"] = FunctionPointers,
        ["filters"] = () => Filter(1) + Filter(2) + Filter(3),
        ["finally order"] = FinallyOrder,
        ["nested structs"] = () => { var grid = new Grid { Row = { Cell = { Value = 3 } } }; grid.Row.Cell.Value++; Grid copy = grid; copy.Row.Cell.Value = 0; return $"{grid.Row.Cell.Value}{copy.Row.Cell.Value}"; },
        ["struct methods"] = () => { var items = new Counter[1]; items[0].Increment(); items[0].Increment(); return $"{items[0].Value} {new Counter { Value = 4 }.Next().Value} {items[0].ToString()}"; },
        ["nullable"] = () => { int? a = 3, none = null; DateTime? d = null; return $"{a + 1}{none ?? 7}{d.HasValue}{a?.ToString(CultureInfo.InvariantCulture)}"; },
        ["records"] = () => { var one = new Item(1) { Note = "n" }; Item two = one with { Key = 2 }; var (key, _) = (two.Key, two.Note); return $"{one} {two} {key} {one == new Item(1) { Note = "n" }}"; },
        ["tuples"] = () => { var t = (A: 1, B: "x"); (t.A, t.B) = (2, "y"); (int a, string b) = t; return $"{t} {a}{b} {t == (2, "y")}"; },
        ["patterns"] = () => string.Join("", new object?[] { 1, "two", null, new Item(3), 4.5, new[] { 1, 2 } }.Select(Describe)),
        ["switch strings"] = () => string.Concat(new[] { "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta" }.Select(s => Order(s))),
        ["closures in loops"] = () => { var all = new List<Func<int>>(); for (int i = 0; i < 3; i++) { int j = i; all.Add(() => j++ * 10 + i); } return string.Join(",", all.Concat(all).Select(f => f())); },
        ["local functions"] = () => { int depth = 0; return $"{Factorial(5)}{depth}"; int Factorial(int n) { depth++; return n <= 1 ? 1 : n * Factorial(n - 1); } },
        ["checked"] = () => { try { int big = int.MaxValue; return checked(big + 1).ToString(CultureInfo.InvariantCulture); } catch (OverflowException) { return "overflow"; } },
        ["array errors"] = () => Thrown(() => { var a = new int[2]; a[^3] = 1; }) + Thrown(() => { object[] a = new string[1]; a[0] = 1; }) + Thrown(() => { var a = Array.Empty<string>(); a[0] = ""; }) + Thrown(() => { int[]? a = null; a![0]++; }),
        ["null errors"] = () => Thrown(() => { Holder? h = null; h!.Value++; }) + Thrown(() => { Holder? h = null; _ = h!.Inner.Value; }),
        ["multidimensional"] = () => { var grid = new int[2, 2]; grid[1, 0] = 5; grid[1, 0]++; int[][] jagged = [[1], [2, 3]]; jagged[1][0]--; return $"{grid[1, 0]}{jagged[1][0]}"; },
        ["small integers"] = () => { byte[] b = [255]; b[0]++; short[] s = [-1]; sbyte[] x = [-128]; x[0]--; ushort[] u = [65535]; u[0]++; bool[] f = [true]; f[0] ^= true; char[] c = ['a']; c[0]++; return $"{b[0]}{s[0]}{x[0]}{u[0]}{f[0]}{c[0]}"; },
        ["big structs"] = () => { var values = new (decimal, Guid, DateTimeOffset, string)[2]; values[0] = (1.5m, Guid.Empty, DateTimeOffset.UnixEpoch, "s"); values[1] = values[0]; return $"{values[1]}".Replace("01/01/1970", "1970", StringComparison.Ordinal); },
        ["interfaces"] = () => { IShape shape = new Square(3); IShape other = shape; return $"{shape.Area()} {other.Describe()} {((IShape)new Square(2)).Describe()}"; },
        ["events"] = () => { var source = new Source(); string log = ""; EventHandler handler = (_, _) => log += "h"; source.Happened += handler; source.Raise(); source.Happened -= handler; source.Raise(); return log; },
        ["field keyword"] = () => { var h = new Trimmed { Text = " x " }; return h.Text + h.Text.Length; },
        ["extension members"] = () => $"{"abc".Doubled()} {new[] { 1, 2 }.Second()}",
        ["dynamic"] = () => { dynamic d = new Item(3); return $"{(int)d.Key + 1}"; },
        ["expressions"] = () => { System.Linq.Expressions.Expression<Func<Item, int>> e = item => item.Key + 1; return $"{e.Compile()(new Item(4))} {e}"; },
        ["generic virtuals"] = () => { Visitor v = new Shouting(); return v.Visit(1) + v.Visit("a"); },
        ["goto and labels"] = () => { int n = 0; again: n++; if (n < 5) goto again; return n.ToString(CultureInfo.InvariantCulture); },
        ["using and dispose"] = () => { var log = new StringBuilder(); using (new Scope(log, "a")) using (new Scope(log, "b")) log.Append('-'); return log.ToString(); },
        ["volatile"] = () => { var v = new Volatiles { Flag = true, Text = "t" }; v.Count++; return $"{v.Flag}{v.Text}{v.Count}"; },
        ["statics"] = () => { Numbers<int>.Count = 1; Numbers<string>.Count += 2; return $"{Numbers<int>.Count}{Numbers<string>.Count}{Numbers<int>.Names.Length}"; },
        ["lambdas over this"] = () => new Lazily(4).Make()().ToString(CultureInfo.InvariantCulture),
        ["interpolation and culture"] = () => string.Create(CultureInfo.InvariantCulture, $"{1.5:F2} {0x7F:X4} {"r",4}|{"l",-3}|"),
        ["linq"] = () => string.Join(";", from i in Enumerable.Range(1, 6) where i % 2 == 0 group i by i > 3 into g orderby g.Key select $"{g.Key}:{g.Sum()}"),
        ["collections"] = () => { var map = new Dictionary<string, List<int>>(); foreach (string w in (string[])["b", "a", "b"]) (map.TryGetValue(w, out List<int>? l) ? l : map[w] = []).Add(w.Length); return string.Join(",", map.OrderBy(p => p.Key).Select(p => $"{p.Key}{p.Value.Count}")); },
        ["big methods"] = () => Big(7).ToString(CultureInfo.InvariantCulture),
    };

    private static T Max<T>(T a, T b) where T : IComparable<T> => a.CompareTo(b) >= 0 ? a : b;
    private static T Sum<T>(T[] values) where T : INumber<T> { T sum = T.Zero; foreach (T value in values) sum += value; return sum; }
    private static T? Default<T>() => default;
    private static T Make<T>() where T : new() => new();
    private static string Name<T>(T value) => typeof(T).Name + value;
    private static T Zero<T>() where T : IUnit<T> => T.Zero;
    private static T Twice<T>(T value) where T : IUnit<T> => value + value;
    private static ref int Find(int[] values, int value) { for (int i = 0; i < values.Length; i++) if (values[i] == value) return ref values[i]; throw new KeyNotFoundException(); }

    private static string Mismatch(object[] array)
    {
        try { array[0] = 1; return "stored"; }
        catch (ArrayTypeMismatchException) { return "mismatch"; }
    }

    private static IEnumerable<long> Fibonacci() { (long a, long b) = (0, 1); while (true) { yield return a; (a, b) = (b, a + b); } }

    private static IEnumerable<T> Reverse<T>(T[] values)
    {
        try { for (int i = values.Length - 1; i >= 0; i--) yield return values[i]; }
        finally { values[0] = default!; }
    }

    private static async Task<string> Asynchronously(int count)
    {
        string log = "";
        for (int i = 0; i < count; i++)
        {
            try
            {
                await Task.Yield();
                log += await Half(i);
            }
            catch (InvalidOperationException odd) { log += odd.Message; }
            finally { log += "."; }
        }

        return log;
    }

    private static async ValueTask<int> Half(int n) { await Task.CompletedTask; return n % 2 == 0 ? n / 2 : throw new InvalidOperationException("odd"); }

    private static async Task<string> Collect()
    {
        string log = "";
        await foreach (int i in Count()) log += i;
        return log;
    }

    private static async IAsyncEnumerable<int> Count([EnumeratorCancellation] CancellationToken cancel = default)
    {
        for (int i = 0; i < 3 && !cancel.IsCancellationRequested; i++) { await Task.Yield(); yield return i; }
    }

    private static unsafe string Pointers()
    {
        // Safe because every index is within the four elements.
        int* p = stackalloc int[4];
        for (int i = 0; i < 4; i++) p[i] = i;
        *(p + 2) += 5;
        fixed (char* c = "xyz") return $"{p[2]}{c[1]}{*(long*)p}";
    }

    private static unsafe string FunctionPointers()
    {
        delegate*<int, int> f = &Increment;
        return f(4).ToString(CultureInfo.InvariantCulture);

        static int Increment(int n) => n + 1;
    }

    private static string Filter(int n)
    {
        try { throw new ArgumentException(n.ToString(CultureInfo.InvariantCulture)); }
        catch (ArgumentException e) when (e.Message == "1") { return "one"; }
        catch (ArgumentException) when (n == 2) { return "two"; }
        catch (Exception e) { return e.GetType().Name; }
    }

    private static string FinallyOrder()
    {
        string log = "";
        try
        {
            try { log += "a"; throw new InvalidOperationException(); }
            finally { log += "b"; }
        }
        catch (InvalidOperationException) when (Log("c")) { log += "d"; }
        return log;

        bool Log(string s) { log += s; return true; }
    }

    private static string Describe(object? value) => value switch
    {
        int and > 0 => "int",
        string { Length: 3 } => "three",
        null => "null",
        Item { Key: var k } => $"item{k}",
        int[] and [1, .. var rest] => $"list{rest.Length}",
        int[] a => $"{a.Length}",
        _ => "other",
    };

    private static int Order(string name) => name switch { "alpha" => 1, "beta" => 2, "gamma" => 3, "delta" => 4, "epsilon" => 5, "zeta" => 6, "eta" => 7, _ => 0 };

    private static string Thrown(Action action)
    {
        try { action(); return "nothing"; }
        catch (Exception e) { return e.GetType().Name + ";"; }
    }

    // Long enough that branches need their long forms once hooks stand between.
    private static int Big(int n)
    {
        var a = new int[8];
        for (int i = 0; i < 20; i++)
        {
            a[0] += n; a[1] += a[0]; a[2] ^= a[1]; a[3] += a[2] > 0 ? a[0] : a[1]; a[4] -= a[3]; a[5] |= a[4]; a[6] += a[5] & 15; a[7] += a[6];
            if (a[7] % 3 == 0) continue;
            a[0] -= 1; a[1] -= 2; a[2] -= 3; a[3] -= 4; a[4] -= 5; a[5] -= 6; a[6] -= 7; a[7] -= 8;
            if (a[7] > 1_000_000) break;
        }

        return a.Aggregate((x, y) => unchecked(x * 31 + y));
    }

    private sealed record Pair<TLeft, TRight>(TLeft Left, TRight Right) { public Pair<TRight, TLeft> Swap() => new(Right, Left); }
    private sealed record Item(int Key) { public string? Note { get; init; } }
    private ref struct RefHolder(ref int value) { private readonly ref int _value = ref value; public void Add(int n) => _value += n; }
    [InlineArray(4)] private struct Buffer4 { private int _first; }
    private interface IUnit<T> where T : IUnit<T> { static abstract T Zero { get; } static abstract T operator +(T a, T b); }
    private readonly record struct Metre(int Value) : IUnit<Metre> { public static Metre Zero => new(0); public static Metre operator +(Metre a, Metre b) => new(a.Value + b.Value); }
    private struct Grid { public Row Row; }
    private struct Row { public Cell Cell; }
    private struct Cell { public int Value; }
    private struct Counter { public int Value; public void Increment() => Value++; public readonly Counter Next() => new() { Value = Value + 1 }; public override readonly string ToString() => $"<{Value}>"; }
    private sealed class Holder { public int Value; public Cell Inner = new() { Value = 1 }; }
    private interface IShape { int Area(); string Describe() => $"area {Area()}"; }
    private sealed class Square(int side) : IShape { public int Area() => side * side; }
    private sealed class Source { public event EventHandler? Happened; public void Raise() => Happened?.Invoke(this, EventArgs.Empty); }
    private sealed class Trimmed { public string Text { get; set => field = value.Trim(); } = ""; }
    private abstract class Visitor { public abstract string Visit<T>(T value); }
    private sealed class Shouting : Visitor { public override string Visit<T>(T value) => $"{value}!"; }
    private sealed class Scope(StringBuilder log, string name) : IDisposable { public void Dispose() => log.Append(name); }
    private sealed class Volatiles { public volatile bool Flag; public volatile string? Text; public volatile int Count; }
    private static class Numbers<T> { public static int Count; public static readonly string[] Names = ["n"]; }
    private sealed class Lazily(int n) { private int _n = n; public Func<int> Make() => () => ++_n; }
}

internal static class SmokeExtensions
{
    extension(string text)
    {
        public string Doubled() => text + text;
    }

    public static T Second<T>(this T[] values) => values[1];
}
