using System.Diagnostics.CodeAnalysis;

namespace ConcurrencySpecs.Exploration.Twins;

// The volatile accesses of old, which are today's.
public sealed partial class Thread
{
    public static byte VolatileRead(ref byte address) => Volatile.Read(ref address);
    public static double VolatileRead(ref double address) => Volatile.Read(ref address);
    public static short VolatileRead(ref short address) => Volatile.Read(ref address);
    public static int VolatileRead(ref int address) => Volatile.Read(ref address);
    public static long VolatileRead(ref long address) => Volatile.Read(ref address);
    public static nint VolatileRead(ref nint address) => Volatile.Read(ref address);
    [return: NotNullIfNotNull(nameof(address))]
    public static object? VolatileRead([NotNullIfNotNull(nameof(address))] ref object? address) => Volatile.Read(ref address);
    public static sbyte VolatileRead(ref sbyte address) => Volatile.Read(ref address);
    public static float VolatileRead(ref float address) => Volatile.Read(ref address);
    public static ushort VolatileRead(ref ushort address) => Volatile.Read(ref address);
    public static uint VolatileRead(ref uint address) => Volatile.Read(ref address);
    public static ulong VolatileRead(ref ulong address) => Volatile.Read(ref address);
    public static nuint VolatileRead(ref nuint address) => Volatile.Read(ref address);

    public static void VolatileWrite(ref byte address, byte value) => Volatile.Write(ref address, value);
    public static void VolatileWrite(ref double address, double value) => Volatile.Write(ref address, value);
    public static void VolatileWrite(ref short address, short value) => Volatile.Write(ref address, value);
    public static void VolatileWrite(ref int address, int value) => Volatile.Write(ref address, value);
    public static void VolatileWrite(ref long address, long value) => Volatile.Write(ref address, value);
    public static void VolatileWrite(ref nint address, nint value) => Volatile.Write(ref address, value);
    public static void VolatileWrite([NotNullIfNotNull(nameof(value))] ref object? address, object? value) => Volatile.Write(ref address, value);
    public static void VolatileWrite(ref sbyte address, sbyte value) => Volatile.Write(ref address, value);
    public static void VolatileWrite(ref float address, float value) => Volatile.Write(ref address, value);
    public static void VolatileWrite(ref ushort address, ushort value) => Volatile.Write(ref address, value);
    public static void VolatileWrite(ref uint address, uint value) => Volatile.Write(ref address, value);
    public static void VolatileWrite(ref ulong address, ulong value) => Volatile.Write(ref address, value);
    public static void VolatileWrite(ref nuint address, nuint value) => Volatile.Write(ref address, value);
}
