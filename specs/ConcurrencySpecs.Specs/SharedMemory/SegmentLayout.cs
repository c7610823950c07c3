using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using ConcurrencySpecs.Layout;
using ConcurrencySpecs.Native;
using ConcurrencySpecs.SharedMemory;

/// <summary>All that lies in segments, as text: each word with its place, and each constant that says where something lies or how large it is.</summary>
internal static class SegmentLayout
{
    private const BindingFlags Every = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
    private static readonly string[] _placesAndSizes = ["At", "Bytes", "Places"];

    public static IReadOnlyList<string> Lines { get; } = [.. Of(Words()).Concat(Constants()).Order(StringComparer.Ordinal)];

    public static IEnumerable<string> Of(params IEnumerable<Type> words) => words.SelectMany(type => type.IsEnum
        ? Enum.GetNames(type).Select(name => $"{type.Name}.{name} = {(int)Enum.Parse(type, name)}")
        : type.GetFields(Every).Where(field => !field.IsStatic)
            .Select(field => $"{type.Name} of {SizeOf(type)} bytes: {field.FieldType.Name} {field.Name} at {OffsetOf(type, field)}"));

    public static uint FingerprintOf(IEnumerable<string> lines)
    {
        const uint basis = 2_166_136_261, prime = 16_777_619;       // FNV-1a
        return Encoding.UTF8.GetBytes(string.Join('\n', lines)).Aggregate(basis, (hash, one) => unchecked((hash ^ one) * prime));
    }

    // What is shared is changed in place: no struct that is read-only, lives on the stack or has a parameter lies in a segment.
    private static IEnumerable<Type> Words() => typeof(SharedMemorySegment).Assembly.GetTypes()
        .Where(type => type is { Namespace: "ConcurrencySpecs.SharedMemory", IsGenericType: false, IsValueType: true, IsByRefLike: false }
            && !type.IsDefined(typeof(IsReadOnlyAttribute)) && !type.IsDefined(typeof(CompilerGeneratedAttribute)))
        .Concat([typeof(SegmentHeader), typeof(SegmentUser), typeof(ArrayShape), typeof(RobustWords)]);

    private static IEnumerable<string> Constants() => typeof(SharedMemorySegment).Assembly.GetTypes()
        .Where(type => type == typeof(SegmentFormat) || type.GetInterfaces().Any(IsHanded))
        .SelectMany(type => type.GetFields(Every)
            .Where(field => field.IsLiteral && _placesAndSizes.Any(end => field.Name.EndsWith(end, StringComparison.Ordinal)))
            .Select(field => $"{type.Name}.{field.Name} = {field.GetRawConstantValue()}"));

    private static bool IsHanded(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IHanded<>);

    private static int SizeOf(Type type) =>
        (int)typeof(Unsafe).GetMethod(nameof(Unsafe.SizeOf))!.MakeGenericMethod(type).Invoke(null, null)!;

    // As the runtime lays it out and not as it would be marshalled: a struct whose field is the only one that is not zero.
    private static int OffsetOf(Type type, FieldInfo field) =>
        field.GetCustomAttribute<FieldOffsetAttribute>()?.Value ?? (int)Marshal.OffsetOf(type, field.Name);
}
