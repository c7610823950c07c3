using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using Real = System.Threading.Interlocked;

namespace ConcurrencySpecs.Exploration.Twins;

/// <summary>Stands for <see cref="System.Threading.Interlocked"/>: announces the change of the location, then makes it with the real instruction.</summary>
[TwinOf(typeof(Real)), EditorBrowsable(EditorBrowsableState.Never)]
public static class Interlocked
{
    public static int Increment(ref int location) { Steps.ChangeAt(ref location); return Steps.Told(Real.Increment(ref location)); }
    public static long Increment(ref long location) { Steps.ChangeAt(ref location); return Steps.Told(Real.Increment(ref location)); }
    public static uint Increment(ref uint location) { Steps.ChangeAt(ref location); return Steps.Told(Real.Increment(ref location)); }
    public static ulong Increment(ref ulong location) { Steps.ChangeAt(ref location); return Steps.Told(Real.Increment(ref location)); }

    public static int Decrement(ref int location) { Steps.ChangeAt(ref location); return Steps.Told(Real.Decrement(ref location)); }
    public static long Decrement(ref long location) { Steps.ChangeAt(ref location); return Steps.Told(Real.Decrement(ref location)); }
    public static uint Decrement(ref uint location) { Steps.ChangeAt(ref location); return Steps.Told(Real.Decrement(ref location)); }
    public static ulong Decrement(ref ulong location) { Steps.ChangeAt(ref location); return Steps.Told(Real.Decrement(ref location)); }

    public static int Add(ref int location1, int value) { Steps.ChangeAt(ref location1); return Steps.Told(Real.Add(ref location1, value)); }
    public static long Add(ref long location1, long value) { Steps.ChangeAt(ref location1); return Steps.Told(Real.Add(ref location1, value)); }
    public static uint Add(ref uint location1, uint value) { Steps.ChangeAt(ref location1); return Steps.Told(Real.Add(ref location1, value)); }
    public static ulong Add(ref ulong location1, ulong value) { Steps.ChangeAt(ref location1); return Steps.Told(Real.Add(ref location1, value)); }

    public static int And(ref int location1, int value) { Steps.ChangeAt(ref location1); return Steps.Told(Real.And(ref location1, value)); }
    public static long And(ref long location1, long value) { Steps.ChangeAt(ref location1); return Steps.Told(Real.And(ref location1, value)); }
    public static uint And(ref uint location1, uint value) { Steps.ChangeAt(ref location1); return Steps.Told(Real.And(ref location1, value)); }
    public static ulong And(ref ulong location1, ulong value) { Steps.ChangeAt(ref location1); return Steps.Told(Real.And(ref location1, value)); }

    public static int Or(ref int location1, int value) { Steps.ChangeAt(ref location1); return Steps.Told(Real.Or(ref location1, value)); }
    public static long Or(ref long location1, long value) { Steps.ChangeAt(ref location1); return Steps.Told(Real.Or(ref location1, value)); }
    public static uint Or(ref uint location1, uint value) { Steps.ChangeAt(ref location1); return Steps.Told(Real.Or(ref location1, value)); }
    public static ulong Or(ref ulong location1, ulong value) { Steps.ChangeAt(ref location1); return Steps.Told(Real.Or(ref location1, value)); }

    public static int Exchange(ref int location1, int value) { Steps.ChangeAt(ref location1); return Steps.Replaced(Real.Exchange(ref location1, value), value); }
    public static long Exchange(ref long location1, long value) { Steps.ChangeAt(ref location1); return Steps.Replaced(Real.Exchange(ref location1, value), value); }
    public static uint Exchange(ref uint location1, uint value) { Steps.ChangeAt(ref location1); return Steps.Told(Real.Exchange(ref location1, value)); }
    public static ulong Exchange(ref ulong location1, ulong value) { Steps.ChangeAt(ref location1); return Steps.Told(Real.Exchange(ref location1, value)); }
    public static sbyte Exchange(ref sbyte location1, sbyte value) { Steps.ChangeAt(ref location1); return Steps.Told(Real.Exchange(ref location1, value)); }
    public static short Exchange(ref short location1, short value) { Steps.ChangeAt(ref location1); return Steps.Told(Real.Exchange(ref location1, value)); }
    public static byte Exchange(ref byte location1, byte value) { Steps.ChangeAt(ref location1); return Steps.Told(Real.Exchange(ref location1, value)); }
    public static ushort Exchange(ref ushort location1, ushort value) { Steps.ChangeAt(ref location1); return Steps.Told(Real.Exchange(ref location1, value)); }
    public static float Exchange(ref float location1, float value) { Steps.ChangeAt(ref location1); return Steps.Told(Real.Exchange(ref location1, value)); }
    public static double Exchange(ref double location1, double value) { Steps.ChangeAt(ref location1); return Steps.Told(Real.Exchange(ref location1, value)); }
    public static nint Exchange(ref nint location1, nint value) { Steps.ChangeAt(ref location1); return Steps.Told(Real.Exchange(ref location1, value)); }
    public static nuint Exchange(ref nuint location1, nuint value) { Steps.ChangeAt(ref location1); return Steps.Told(Real.Exchange(ref location1, value)); }
    [return: NotNullIfNotNull(nameof(location1))]
    public static object? Exchange([NotNullIfNotNull(nameof(value))] ref object? location1, object? value)
    {
        Steps.ChangeAt(ref location1);
        return Steps.Told(Real.Exchange(ref location1, value));
    }
    [return: NotNullIfNotNull(nameof(location1))]
    public static T Exchange<T>([NotNullIfNotNull(nameof(value))] ref T location1, T value)
    {
        Steps.ChangeAt(ref location1);
        return Steps.Told(Real.Exchange(ref location1, value));
    }

    public static int CompareExchange(ref int location1, int value, int comparand)
    {
        Steps.ChangeAt(ref location1);
        return Steps.Swapped(Real.CompareExchange(ref location1, value, comparand), comparand);
    }

    public static long CompareExchange(ref long location1, long value, long comparand)
    {
        Steps.ChangeAt(ref location1);
        return Steps.Swapped(Real.CompareExchange(ref location1, value, comparand), comparand);
    }

    public static uint CompareExchange(ref uint location1, uint value, uint comparand)
    {
        Steps.ChangeAt(ref location1);
        return Steps.Swapped(Real.CompareExchange(ref location1, value, comparand), comparand);
    }

    public static ulong CompareExchange(ref ulong location1, ulong value, ulong comparand)
    {
        Steps.ChangeAt(ref location1);
        return Steps.Swapped(Real.CompareExchange(ref location1, value, comparand), comparand);
    }

    public static sbyte CompareExchange(ref sbyte location1, sbyte value, sbyte comparand)
    {
        Steps.ChangeAt(ref location1);
        return Steps.Swapped(Real.CompareExchange(ref location1, value, comparand), comparand);
    }

    public static short CompareExchange(ref short location1, short value, short comparand)
    {
        Steps.ChangeAt(ref location1);
        return Steps.Swapped(Real.CompareExchange(ref location1, value, comparand), comparand);
    }

    public static byte CompareExchange(ref byte location1, byte value, byte comparand)
    {
        Steps.ChangeAt(ref location1);
        return Steps.Swapped(Real.CompareExchange(ref location1, value, comparand), comparand);
    }

    public static ushort CompareExchange(ref ushort location1, ushort value, ushort comparand)
    {
        Steps.ChangeAt(ref location1);
        return Steps.Swapped(Real.CompareExchange(ref location1, value, comparand), comparand);
    }

    public static float CompareExchange(ref float location1, float value, float comparand)
    {
        Steps.ChangeAt(ref location1);
        return Steps.Swapped(Real.CompareExchange(ref location1, value, comparand), comparand);
    }

    public static double CompareExchange(ref double location1, double value, double comparand)
    {
        Steps.ChangeAt(ref location1);
        return Steps.Swapped(Real.CompareExchange(ref location1, value, comparand), comparand);
    }

    public static nint CompareExchange(ref nint location1, nint value, nint comparand)
    {
        Steps.ChangeAt(ref location1);
        return Steps.Swapped(Real.CompareExchange(ref location1, value, comparand), comparand);
    }

    public static nuint CompareExchange(ref nuint location1, nuint value, nuint comparand)
    {
        Steps.ChangeAt(ref location1);
        return Steps.Swapped(Real.CompareExchange(ref location1, value, comparand), comparand);
    }

    [return: NotNullIfNotNull(nameof(location1))]
    public static object? CompareExchange(ref object? location1, object? value, object? comparand)
    {
        Steps.ChangeAt(ref location1);
        return Steps.Swapped(Real.CompareExchange(ref location1, value, comparand), comparand);
    }

    [return: NotNullIfNotNull(nameof(location1))]
    public static T CompareExchange<T>(ref T location1, T value, T comparand)
    {
        Steps.ChangeAt(ref location1);
        return Steps.Swapped(Real.CompareExchange(ref location1, value, comparand), comparand);
    }

    public static long Read(ref readonly long location) { Steps.LookAt(in location); return Steps.Told(Real.Read(in location)); }
    public static ulong Read(ref readonly ulong location) { Steps.LookAt(in location); return Steps.Told(Real.Read(in location)); }

    public static void MemoryBarrier() { Steps.Fence(); Real.MemoryBarrier(); }
    public static void MemoryBarrierProcessWide() { Steps.Fence(); Real.MemoryBarrierProcessWide(); }
}
