using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace ConcurrencySpecs.Processes;

/// <summary>A type of ours that writes itself for another process, which then needs no JSON for it.</summary>
internal interface IWrittenByHand
{
    void Write(BinaryWriter to);

    /// <summary>What was written; asked of an object without a constructor's work.</summary>
    object Read(BinaryReader from);
}

/// <summary>Values on their way between processes: a struct without references as its bytes, everything else as JSON.</summary>
[UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "For the fields: Write and Read, which use them, say it.")]
internal static class Payload
{
    internal const string NeedsReflection = "A value goes as JSON, by reflection, and the entry is found by reflection in the child.";

    private static readonly MethodInfo _write = typeof(Payload).GetMethod(nameof(WriteAs), BindingFlags.Static | BindingFlags.NonPublic)!;
    private static readonly MethodInfo _read = typeof(Payload).GetMethod(nameof(ReadAs), BindingFlags.Static | BindingFlags.NonPublic)!;

    [RequiresUnreferencedCode(NeedsReflection), RequiresDynamicCode(NeedsReflection)]
    public static byte[] Write(Type type, object? value) => (byte[])Call(_write, type, value)!;

    [RequiresUnreferencedCode(NeedsReflection), RequiresDynamicCode(NeedsReflection)]
    public static object? Read(Type type, byte[] bytes) => Call(_read, type, bytes);

    [RequiresUnreferencedCode(NeedsReflection), RequiresDynamicCode(NeedsReflection)]
    internal static T ReadAs<T>(byte[] bytes)
    {
        if (typeof(T).IsAssignableTo(typeof(IWrittenByHand))) return (T)ReadByHand(typeof(T), bytes);
        if (RuntimeHelpers.IsReferenceOrContainsReferences<T>()) return Json.Read<T>(bytes);
        if (bytes.Length != Unsafe.SizeOf<T>())
            throw new InvalidDataException($"{typeof(T)} takes {Unsafe.SizeOf<T>()} bytes here and {bytes.Length} in the other process.");
        return Unsafe.ReadUnaligned<T>(ref MemoryMarshal.GetArrayDataReference(bytes));
    }

    [RequiresUnreferencedCode(NeedsReflection), RequiresDynamicCode(NeedsReflection)]
    internal static byte[] WriteAs<T>(T value)
    {
        if (value is IWrittenByHand own) return WriteByHand(own);
        if (RuntimeHelpers.IsReferenceOrContainsReferences<T>()) return Json.Write(value);
        byte[] bytes = new byte[Unsafe.SizeOf<T>()];
        Unsafe.WriteUnaligned(ref MemoryMarshal.GetArrayDataReference(bytes), value);
        return bytes;
    }

    [RequiresUnreferencedCode(NeedsReflection)]
    private static object ReadByHand(Type type, byte[] bytes)
    {
        using var from = new BinaryReader(new MemoryStream(bytes));
        return ((IWrittenByHand)RuntimeHelpers.GetUninitializedObject(type)).Read(from);
    }

    private static byte[] WriteByHand(IWrittenByHand value)
    {
        using var bytes = new MemoryStream();
        using var to = new BinaryWriter(bytes);
        value.Write(to);
        return bytes.ToArray();
    }

    [RequiresUnreferencedCode(NeedsReflection), RequiresDynamicCode(NeedsReflection)]
    private static object? Call(MethodInfo method, Type type, object? argument) =>
        method.MakeGenericMethod(type).Invoke(null, BindingFlags.DoNotWrapExceptions, binder: null, [argument], culture: null);

    /// <summary>Apart, so that a process that needs no JSON does not load its libraries and that of all cultures: a fifth less memory.</summary>
    private static class Json
    {
        private static readonly JsonSerializerOptions _options = new() { IncludeFields = true };

        [RequiresUnreferencedCode(NeedsReflection), RequiresDynamicCode(NeedsReflection), MethodImpl(MethodImplOptions.NoInlining)]
        public static T Read<T>(byte[] bytes) => JsonSerializer.Deserialize<T>(bytes, For(typeof(T)))!;

        [RequiresUnreferencedCode(NeedsReflection), RequiresDynamicCode(NeedsReflection), MethodImpl(MethodImplOptions.NoInlining)]
        public static byte[] Write<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, For(typeof(T)));

        private static JsonSerializerOptions For(Type type) => JsonSerializer.IsReflectionEnabledByDefault ? _options : throw new NotSupportedException(
            $"{type} goes between processes as JSON, by reflection, and this program was built without (trimmed). Give a struct without references, or set "
            + "<JsonSerializerIsReflectionEnabledByDefault>true</JsonSerializerIsReflectionEnabledByDefault> in its project and keep the type's members.");
    }
}
