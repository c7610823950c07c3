using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ConcurrencySpecs.Exploration.Hooks;
using ConcurrencySpecs.Exploration.Scheduling;

namespace ConcurrencySpecs.Exploration.Rewriting;

/// <summary>Reads and writes structs leaf by leaf, each leaf a step, because hardware copies them no other way.</summary>
/// <remarks>
/// <para>Promise — a struct of one leaf (an enum, a wrapper) and anything that is no struct is one step, as a plain access is;
/// a larger one is as many steps as it has leaves, so that torn values are seen and an access to one field meets a copy of the whole.</para>
/// <para>Cost — one thread-static read outside an exploration; about 10 ns per leaf inside.</para>
/// </remarks>
internal static class Torn
{
    /// <summary>The value at <paramref name="source"/>.</summary>
    public static T Read<T>(ref T source, int site)
    {
        if (Execution.Current is null) return source;
        Leaf[] leaves = Leaves.Of<T>();
        if (leaves.Length == 1)
        {
            Memory.Read(ref Unsafe.As<T, byte>(ref source), site);
            return source;
        }

        T copy = default!;
        foreach (Leaf leaf in leaves)
        {
            Memory.Read(ref At(ref source, leaf), site);
            leaf.Copy(ref At(ref source, leaf), ref At(ref copy, leaf));
        }

        return copy;
    }

    /// <summary>Stores <paramref name="value"/> at <paramref name="target"/>.</summary>
    public static void Write<T>(ref T target, T value, int site)
    {
        if (Execution.Current is null)
        {
            target = value;
            return;
        }

        Leaf[] leaves = Leaves.Of<T>();
        if (leaves.Length == 1)
        {
            Memory.Write(ref Unsafe.As<T, byte>(ref target), site);
            target = value;
            return;
        }

        foreach (Leaf leaf in leaves)
        {
            Memory.Write(ref At(ref target, leaf), site);
            leaf.Copy(ref At(ref value, leaf), ref At(ref target, leaf));
        }
    }

    public static void Clear<T>(ref T target, int site) => Write(ref target, default!, site);

    /// <summary>The element, with the exceptions of the instruction that it stands for.</summary>
    public static T ReadElement<T>(T[] array, nint index, int site)
    {
        if (Execution.Current is null) return array[index];
        if (typeof(T).IsValueType) return Read(ref array[index], site);
        Memory.Read(ref Address(array, index), site);
        return array[index];
    }

    /// <summary>Stores an element; references keep the array's own type check.</summary>
    public static void WriteElement<T>(T[] array, nint index, T value, int site)
    {
        if (Execution.Current is not null)
        {
            if (typeof(T).IsValueType)
            {
                Write(ref array[index], value, site);
                return;
            }

            Memory.Write(ref Address(array, index), site);
        }

        array[index] = value;
    }

    // `ref array[index]` would demand that the array be exactly T[]; a string[] may stand where an object[] is expected.
    private static ref byte Address<T>(T[] array, nint index)
    {
        _ = array[index];
        return ref Unsafe.As<T, byte>(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(array), index));
    }

    private static ref byte At<T>(ref T value, Leaf leaf) => ref Unsafe.AddByteOffset(ref Unsafe.As<T, byte>(ref value), leaf.Offset);
}
