using System.Runtime;
using System.Runtime.CompilerServices;

namespace ConcurrencySpecs.Exploration.Explanation;

/// <summary>Reads a location of a known type, for the trace.</summary>
internal static unsafe class MemoryText
{
    /// <summary>The value as text, or null for types that have no short text, and when the collector might have moved the location.</summary>
    public static string? At(nint address, Type type, Func<object, string> nameOf)
    {
        if (GCSettings.LatencyMode != GCLatencyMode.NoGCRegion) return null;
        if (type.IsEnum) return Enum.ToObject(type, Number(address, Enum.GetUnderlyingType(type)) ?? 0).ToString();
        if (!type.IsValueType) return Reference(address, nameOf);
        if (type == typeof(bool)) return ValueText.Of(Unsafe.Read<byte>((void*)address) != 0);
        return Number(address, type) is { } number ? ValueText.Of(number) : null;
    }

    // Safe because no collection has happened since the step announced this address, and the type is that of the instruction.
    private static object? Number(nint address, Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.Int32 => Unsafe.Read<int>((void*)address),
        TypeCode.Int64 => Unsafe.Read<long>((void*)address),
        TypeCode.UInt32 => Unsafe.Read<uint>((void*)address),
        TypeCode.UInt64 => Unsafe.Read<ulong>((void*)address),
        TypeCode.Int16 => Unsafe.Read<short>((void*)address),
        TypeCode.UInt16 => Unsafe.Read<ushort>((void*)address),
        TypeCode.Byte => Unsafe.Read<byte>((void*)address),
        TypeCode.SByte => Unsafe.Read<sbyte>((void*)address),
        TypeCode.Char => Unsafe.Read<char>((void*)address),
        TypeCode.Double => Unsafe.Read<double>((void*)address),
        TypeCode.Single => Unsafe.Read<float>((void*)address),
        _ => type == typeof(nint) ? Unsafe.Read<nint>((void*)address) : null,
    };

    // Safe for the same reason; the reference is only named.
    private static string Reference(nint address, Func<object, string> nameOf)
    {
        object? held = Unsafe.Read<object?>((void*)address);
        return held is null or string ? ValueText.Of(held) : nameOf(held);
    }
}
