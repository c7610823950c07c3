using System.Runtime.InteropServices;

namespace ConcurrencySpecs.Exploration.Scheduling;

/// <summary>The cores on which a thread may run.</summary>
internal static unsafe partial class Affinity
{
    private const int Words = 16;              // 1024 cores, the size of the kernel's own default set

    /// <summary>The cores of the calling thread, or null where the system does not tell.</summary>
    public static int[]? Cores()
    {
        if (!OperatingSystem.IsLinux()) return null;
        ulong* mask = stackalloc ulong[Words];
        new Span<ulong>(mask, Words).Clear();
        if (GetAffinity(0, Words * sizeof(ulong), mask) != 0) return null;
        var cores = new List<int>();
        for (int core = 0; core < Words * 64; core++)
            if ((mask[core / 64] >> (core % 64) & 1) != 0) cores.Add(core);
        return [.. cores];
    }

    /// <summary>Keeps the calling thread on one core; false when that is refused.</summary>
    public static bool TryPin(int core)
    {
        ulong* mask = stackalloc ulong[Words];
        new Span<ulong>(mask, Words).Clear();
        mask[core / 64] = 1ul << (core % 64);
        return SetAffinity(0, Words * sizeof(ulong), mask) == 0;
    }

    [LibraryImport("libc", EntryPoint = "sched_getaffinity")]
    private static partial int GetAffinity(int thread, nint size, ulong* mask);

    [LibraryImport("libc", EntryPoint = "sched_setaffinity")]
    private static partial int SetAffinity(int thread, nint size, ulong* mask);
}
