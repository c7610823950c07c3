using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using ConcurrencySpecs.Exploration.Hooks;
using ConcurrencySpecs.Exploration.Scheduling;

namespace ConcurrencySpecs.Exploration.Rewriting;

/// <summary>Announces that shared code is about to read or change an object that it owns, such as a list: one step on the object as a whole.</summary>
/// <remarks>The framework's collections are not rewritten, so their own accesses are unseen; without this step two threads that use
/// one list would look independent, and a search would claim to have covered orders that it never tried.
/// An array is announced element by element, where it meets the accesses of rewritten code.</remarks>
internal static class Opaque
{
    private enum Kind : byte { Own, Object, Array }

    private static readonly ConcurrentDictionary<Type, Kind> _kinds = new();

    public static void Read(object? value, int site)
    {
        if (Execution.Current is not null && value is not null) GoThrough(value, site, write: false);
    }

    public static void Write(object? value, int site)
    {
        if (Execution.Current is not null && value is not null) GoThrough(value, site, write: true);
    }

    /// <summary>Of an enumerator alone, not of the collection that it holds.</summary>
    public static void ReadAlone(object? value, int site)
    {
        if (Execution.Current is not null && value is not null && _kinds.GetOrAdd(value.GetType(), KindOf) == Kind.Object)
            Announce(ref Unsafe.As<Payload>(value).First, site, write: false);
    }

    /// <summary>Of an object whose text is what it holds: a builder, a writer, a node.</summary>
    public static void Text(object? value, int site)
    {
        if (value is StringBuilder or StringWriter or JsonNode or XObject) Read(value, site);
    }

    /// <summary>Shared code reads what the struct leads to: the collection of an enumerator, the dictionary of an alternate lookup.</summary>
    public static void ReadBehind<T>(T holder, int site) where T : struct => Behind(ref holder, site, write: false);

    /// <summary>Shared code may change what the struct leads to.</summary>
    public static void WriteBehind<T>(T holder, int site) where T : struct => Behind(ref holder, site, write: true);

    private static void Behind<T>(ref T holder, int site, bool write) where T : struct
    {
        if (Execution.Current is null) return;
        foreach (Leaf leaf in Leaves.Of<T>())
        {
            if (!leaf.IsReference) continue;
            object? behind = Unsafe.As<byte, object?>(ref Unsafe.AddByteOffset(ref Unsafe.As<T, byte>(ref holder), leaf.Offset));
            if (behind is not null) GoThrough(behind, site, write);
        }
    }

    /// <summary>Shared code reads the value at <paramref name="place"/>: leaf by leaf, as <see cref="Torn"/> has it, though the copy is its own.</summary>
    public static void ReadPlace<T>(ref T place, int site)
    {
        if (Execution.Current is not null) Announce(ref place, site, write: false);
    }

    /// <summary>Shared code may change the value at <paramref name="place"/>.</summary>
    public static void WritePlace<T>(ref T place, int site)
    {
        if (Execution.Current is not null) Announce(ref place, site, write: true);
    }

    /// <summary>Shared code reads the elements.</summary>
    public static void ReadSpan<T>(ReadOnlySpan<T> span, int site)
    {
        if (Execution.Current is null) return;
        foreach (ref readonly T element in span) Announce(ref Unsafe.AsRef(in element), site, write: false);
    }

    /// <summary>Shared code reads the elements, though it could change them.</summary>
    public static void ReadWritableSpan<T>(Span<T> span, int site) => ReadSpan<T>(span, site);

    /// <summary>Shared code may change the elements.</summary>
    public static void WriteSpan<T>(Span<T> span, int site)
    {
        if (Execution.Current is null) return;
        foreach (ref T element in span) Announce(ref element, site, write: true);
    }

    private static void Announce<T>(ref T place, int site, bool write)
    {
        if (Unsafe.IsNullRef(ref place)) return;
        foreach (Leaf leaf in Leaves.Of<T>()) Announce(ref Unsafe.AddByteOffset(ref Unsafe.As<T, byte>(ref place), leaf.Offset), site, write);
    }

    private static void GoThrough(object value, int site, bool write)
    {
        Announce(value, site, write);
        if (_kinds.GetOrAdd(value.GetType(), KindOf) != Kind.Own) Execution.Current!.Running.Calls.Add(value, site, write);
    }

    internal static void Announce(object value, int site, bool write)
    {
        Type type = value.GetType();
        Kind kind = _kinds.GetOrAdd(type, KindOf);
        if (kind == Kind.Own) return;
        if (kind == Kind.Array)
        {
            if (value is Array { Rank: 1 } array) AnnounceElements(array, site, write);
            return;
        }

        Announce(ref Unsafe.As<Payload>(value).First, site, write);
        foreach (FieldInfo link in Views.LinksOf(type))
        {
            if (link.GetValue(value) is { } seen && Views.MayChange(seen)) Announce(seen, site, write && !Views.OnlyReads(type));
        }
    }

    // The address is taken again for each element: the collector may move the array while other threads take their steps.
    private static void AnnounceElements(Array array, int site, bool write)
    {
        int size = SizeOf(array.GetType().GetElementType()!);
        for (int i = 0; i < array.Length; i++)
            Announce(ref Unsafe.AddByteOffset(ref MemoryMarshal.GetArrayDataReference(array), (nint)i * size), site, write);
    }

    private static void Announce(ref byte address, int site, bool write)
    {
        if (write) Memory.Write(ref address, site);
        else Memory.Read(ref address, site);
    }

    // Rewritten types announce their own accesses; strings and types do not change.
    private static Kind KindOf(Type type)
    {
        if (type.IsArray) return Kind.Array;
        bool constant = type == typeof(string) || typeof(Type).IsAssignableFrom(type);
        return constant || !AssemblyScope.IsFrameworkName(type.Assembly.GetName().Name!) ? Kind.Own : Kind.Object;
    }

    private static int SizeOf(Type element) => element.IsValueType
        ? (int)typeof(Unsafe).GetMethod(nameof(Unsafe.SizeOf))!.MakeGenericMethod(element).Invoke(null, null)! : IntPtr.Size;

    private sealed class Payload
    {
        public byte First;
    }
}
