using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using Real = System.Threading.Volatile;

namespace ConcurrencySpecs.Exploration.Twins;

/// <summary>Stands for <see cref="System.Threading.Volatile"/>: announces the access, then makes it.</summary>
[TwinOf(typeof(Real)), EditorBrowsable(EditorBrowsableState.Never)]
public static class Volatile
{
    public static bool Read(ref readonly bool location) { Steps.Acquire(in location); return Steps.Told(Real.Read(in location)); }
    public static byte Read(ref readonly byte location) { Steps.Acquire(in location); return Steps.Told(Real.Read(in location)); }
    public static double Read(ref readonly double location) { Steps.Acquire(in location); return Steps.Told(Real.Read(in location)); }
    public static short Read(ref readonly short location) { Steps.Acquire(in location); return Steps.Told(Real.Read(in location)); }
    public static int Read(ref readonly int location) { Steps.Acquire(in location); return Steps.Told(Real.Read(in location)); }
    public static long Read(ref readonly long location) { Steps.Acquire(in location); return Steps.Told(Real.Read(in location)); }
    public static nint Read(ref readonly nint location) { Steps.Acquire(in location); return Steps.Told(Real.Read(in location)); }
    public static sbyte Read(ref readonly sbyte location) { Steps.Acquire(in location); return Steps.Told(Real.Read(in location)); }
    public static float Read(ref readonly float location) { Steps.Acquire(in location); return Steps.Told(Real.Read(in location)); }
    public static ushort Read(ref readonly ushort location) { Steps.Acquire(in location); return Steps.Told(Real.Read(in location)); }
    public static uint Read(ref readonly uint location) { Steps.Acquire(in location); return Steps.Told(Real.Read(in location)); }
    public static ulong Read(ref readonly ulong location) { Steps.Acquire(in location); return Steps.Told(Real.Read(in location)); }
    public static nuint Read(ref readonly nuint location) { Steps.Acquire(in location); return Steps.Told(Real.Read(in location)); }
    [return: NotNullIfNotNull(nameof(location))]
    public static T Read<T>([NotNullIfNotNull(nameof(location))] ref readonly T location) where T : class?
    {
        Steps.Acquire(in location);
        return Steps.Told(Real.Read(in location));
    }

    public static void Write(ref bool location, bool value) { Steps.Release(ref location); Real.Write(ref location, Steps.Told(value)); }
    public static void Write(ref byte location, byte value) { Steps.Release(ref location); Real.Write(ref location, Steps.Told(value)); }
    public static void Write(ref double location, double value) { Steps.Release(ref location); Real.Write(ref location, Steps.Told(value)); }
    public static void Write(ref short location, short value) { Steps.Release(ref location); Real.Write(ref location, Steps.Told(value)); }
    public static void Write(ref int location, int value) { Steps.Release(ref location); Real.Write(ref location, Steps.Told(value)); }
    public static void Write(ref long location, long value) { Steps.Release(ref location); Real.Write(ref location, Steps.Told(value)); }
    public static void Write(ref nint location, nint value) { Steps.Release(ref location); Real.Write(ref location, Steps.Told(value)); }
    public static void Write(ref sbyte location, sbyte value) { Steps.Release(ref location); Real.Write(ref location, Steps.Told(value)); }
    public static void Write(ref float location, float value) { Steps.Release(ref location); Real.Write(ref location, Steps.Told(value)); }
    public static void Write(ref ushort location, ushort value) { Steps.Release(ref location); Real.Write(ref location, Steps.Told(value)); }
    public static void Write(ref uint location, uint value) { Steps.Release(ref location); Real.Write(ref location, Steps.Told(value)); }
    public static void Write(ref ulong location, ulong value) { Steps.Release(ref location); Real.Write(ref location, Steps.Told(value)); }
    public static void Write(ref nuint location, nuint value) { Steps.Release(ref location); Real.Write(ref location, Steps.Told(value)); }
    public static void Write<T>([NotNullIfNotNull(nameof(value))] ref T location, T value) where T : class?
    {
        Steps.Release(ref location);
        Real.Write(ref location, Steps.Told(value));
    }

    public static void ReadBarrier() { Steps.Fence(); Real.ReadBarrier(); }
    public static void WriteBarrier() { Steps.Fence(); Real.WriteBarrier(); }
}
