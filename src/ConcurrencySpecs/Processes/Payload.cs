using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace ConcurrencySpecs.Processes;

/// <summary>Values on their way between processes: a struct without references as its bytes, everything else as JSON.</summary>
[UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "For the fields: Write and Read, which use them, say it.")]
internal static class Payload
{
    internal const string NeedsReflection = "A value goes as JSON, by reflection, and the entry is found by reflection in the child.";

    private static readonly JsonSerializerOptions _json = new() { IncludeFields = true };

    private static readonly MethodInfo _write = typeof(Payload).GetMethod(nameof(WriteAs), BindingFlags.Static | BindingFlags.NonPublic)!;
    private static readonly MethodInfo _read = typeof(Payload).GetMethod(nameof(ReadAs), BindingFlags.Static | BindingFlags.NonPublic)!;

    [RequiresUnreferencedCode(NeedsReflection), RequiresDynamicCode(NeedsReflection)]
    public static byte[] Write(Type type, object? value) => (byte[])Call(_write, type, value)!;

    [RequiresUnreferencedCode(NeedsReflection), RequiresDynamicCode(NeedsReflection)]
    public static object? Read(Type type, byte[] bytes) => Call(_read, type, bytes);

    [RequiresUnreferencedCode(NeedsReflection), RequiresDynamicCode(NeedsReflection)]
    internal static T ReadAs<T>(byte[] bytes)
    {
        if (RuntimeHelpers.IsReferenceOrContainsReferences<T>()) return JsonSerializer.Deserialize<T>(bytes, JsonFor(typeof(T)))!;
        if (bytes.Length != Unsafe.SizeOf<T>())
            throw new InvalidDataException($"{typeof(T)} takes {Unsafe.SizeOf<T>()} bytes here and {bytes.Length} in the other process.");
        return Unsafe.ReadUnaligned<T>(ref MemoryMarshal.GetArrayDataReference(bytes));
    }

    [RequiresUnreferencedCode(NeedsReflection), RequiresDynamicCode(NeedsReflection)]
    internal static byte[] WriteAs<T>(T value)
    {
        if (RuntimeHelpers.IsReferenceOrContainsReferences<T>()) return JsonSerializer.SerializeToUtf8Bytes(value, JsonFor(typeof(T)));
        byte[] bytes = new byte[Unsafe.SizeOf<T>()];
        Unsafe.WriteUnaligned(ref MemoryMarshal.GetArrayDataReference(bytes), value);
        return bytes;
    }

    private static JsonSerializerOptions JsonFor(Type type) => JsonSerializer.IsReflectionEnabledByDefault ? _json : throw new NotSupportedException(
        $"{type} goes between processes as JSON, by reflection, and this program was built without (trimmed). Give a struct without references, or set "
        + "<JsonSerializerIsReflectionEnabledByDefault>true</JsonSerializerIsReflectionEnabledByDefault> in its project and keep the type's members.");

    [RequiresUnreferencedCode(NeedsReflection), RequiresDynamicCode(NeedsReflection)]
    private static object? Call(MethodInfo method, Type type, object? argument) =>
        method.MakeGenericMethod(type).Invoke(null, BindingFlags.DoNotWrapExceptions, binder: null, [argument], culture: null);
}
