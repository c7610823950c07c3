using System.Runtime.CompilerServices;
using ConcurrencySpecs.Exploration.Scheduling;

namespace ConcurrencySpecs.Exploration.Hooks;

/// <summary>What rewritten code calls just before it touches memory or a twin. Does nothing outside an exploration.</summary>
/// <remarks>Cost — one thread-static read outside an exploration, about 10 ns inside.</remarks>
public static class Memory
{
    /// <summary>A plain read of <paramref name="address"/> follows.</summary>
    public static void Read(ref byte address, int site) => Execution.Current?.Memory(ref address, StepKind.Read, Access.Read, site);

    /// <summary>A plain write of <paramref name="address"/> follows.</summary>
    public static void Write(ref byte address, int site) => Execution.Current?.Memory(ref address, StepKind.Write, Access.Write, site);

    /// <summary>A volatile read of <paramref name="address"/> follows.</summary>
    public static void VolatileRead(ref byte address, int site) => Execution.Current?.Memory(ref address, StepKind.VolatileRead, Access.Read, site);

    /// <summary>A volatile write of <paramref name="address"/> follows.</summary>
    public static void VolatileWrite(ref byte address, int site) => Execution.Current?.Memory(ref address, StepKind.VolatileWrite, Access.Write, site);

    /// <summary>An object was just made. Optional: lets an exhaustive search tell locations apart across schedules, and saves it work.</summary>
    public static void New(object made) => Execution.Current?.Born(made);

    /// <summary>A loop begins its next round.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Turn(int site) => Execution.Current?.Turn(site);

    /// <summary>A method begins that may come to call itself.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Deeper(int site) => Execution.Current?.Deeper(site);

    /// <summary>A call that stands at <paramref name="site"/> and goes to a twin follows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void At(int site)
    {
        Execution? execution = Execution.Current;
        if (execution is not null) execution.Site = site;
    }
}
