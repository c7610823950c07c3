using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;

namespace ConcurrencySpecs.Exploration.Rewriting;

/// <summary>A part of a struct that hardware copies at once.</summary>
/// <param name="Offset">Where it starts, in bytes.</param>
/// <param name="Size">1, 2, 4 or 8 bytes.</param>
/// <param name="IsReference">Whether it is an object reference, which the collector must see being copied.</param>
internal readonly record struct Leaf(nint Offset, int Size, bool IsReference)
{
    public void Copy(ref byte source, ref byte target)
    {
        if (IsReference) Unsafe.As<byte, object?>(ref target) = Unsafe.As<byte, object?>(ref source);
        else if (Size == 8) Unsafe.WriteUnaligned(ref target, Unsafe.ReadUnaligned<long>(ref source));
        else if (Size == 4) Unsafe.WriteUnaligned(ref target, Unsafe.ReadUnaligned<int>(ref source));
        else if (Size == 2) Unsafe.WriteUnaligned(ref target, Unsafe.ReadUnaligned<short>(ref source));
        else target = source;
    }
}

/// <summary>The leaves of each type, worked out once per type.</summary>
internal static class Leaves
{
    private const BindingFlags Fields = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    public static Leaf[] Of<T>() => Cache<T>.Leaves;

    private static class Cache<T>
    {
        // A framework struct without references changes as a whole: its words are its leaves (a Guid has 2, not 11).
        public static readonly Leaf[] Leaves = !typeof(T).IsValueType ? [new Leaf(0, IntPtr.Size, true)]
            : IsOpaque(typeof(T)) ? Words(0, Unsafe.SizeOf<T>()) : [.. Find(typeof(T), 0).Distinct().OrderBy(leaf => leaf.Offset)];

        private static bool IsOpaque(Type type) => type.Assembly == typeof(object).Assembly && !type.IsConstructedGenericType
            && !RuntimeHelpers.IsReferenceOrContainsReferences<T>();
    }

    private static IEnumerable<Leaf> Find(Type type, nint offset)
    {
        if (!type.IsValueType && !type.IsPointer && !type.IsFunctionPointer) return [new Leaf(offset, IntPtr.Size, true)];
        int size = SizeOf(type);
        if (type.IsPrimitive || type.IsEnum || type.IsPointer || type.IsFunctionPointer) return [new Leaf(offset, size, false)];
        FieldInfo[] fields = type.GetFields(Fields);
        if (fields.Length == 0) return [new Leaf(offset, 1, false)];
        int repeats = type.GetCustomAttribute<InlineArrayAttribute>()?.Length ?? 1;
        if (repeats == 1) return fields.SelectMany(field => FindField(type, field, offset));
        int stride = size / repeats;
        return Enumerable.Range(0, repeats).SelectMany(i => Find(fields[0].FieldType, offset + i * stride));
    }

    private static IEnumerable<Leaf> FindField(Type owner, FieldInfo field, nint offset)
    {
        nint start = offset + OffsetOf(owner, field);
        if (field.GetCustomAttribute<FixedBufferAttribute>() is not { } buffer) return Find(field.FieldType, start);
        int stride = SizeOf(buffer.ElementType);
        return Enumerable.Range(0, buffer.Length).Select(i => new Leaf(start + i * stride, stride, false));
    }

    private static Leaf[] Words(nint offset, int size)
    {
        var words = new List<Leaf>();
        for (int at = 0; at < size;)
        {
            int width = size - at >= 8 ? 8 : size - at >= 4 ? 4 : size - at >= 2 ? 2 : 1;
            words.Add(new Leaf(offset + at, width, false));
            at += width;
        }

        return [.. words];
    }

    // The runtime tells neither offsets nor sizes of managed structs; a few instructions of IL do.
    private static nint OffsetOf(Type owner, FieldInfo field)
    {
        var method = new DynamicMethod("offset", typeof(nint), [owner.MakeByRefType()], typeof(Leaves).Module, skipVisibility: true);
        ILGenerator il = method.GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldflda, field);
        il.Emit(OpCodes.Conv_U);
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Conv_U);
        il.Emit(OpCodes.Sub);
        il.Emit(OpCodes.Ret);
        // Safe because only the distance between two addresses inside one local variable is taken.
        MethodInfo measure = typeof(Leaves).GetMethod(nameof(Measure), BindingFlags.Static | BindingFlags.NonPublic)!.MakeGenericMethod(owner);
        return (nint)measure.Invoke(null, [method])!;
    }

    private delegate nint Distance<T>(ref T value);

    private static nint Measure<T>(DynamicMethod method)
    {
        T value = default!;
        return method.CreateDelegate<Distance<T>>()(ref value);
    }

    private static int SizeOf(Type type)
    {
        if (type.IsPointer || type.IsFunctionPointer) return IntPtr.Size;
        return (int)typeof(Unsafe).GetMethod(nameof(Unsafe.SizeOf))!.MakeGenericMethod(type).Invoke(null, null)!;
    }
}
