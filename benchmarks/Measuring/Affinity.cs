using System.Numerics;
using System.Runtime.InteropServices;

namespace ConcurrencySpecs.Benchmarks.Measuring;

/// <summary>Keeps the calling thread on one core, so that two threads of a sample never share one by accident.</summary>
internal static partial class Affinity
{
    private static readonly ulong _allowed = Allowed();

    /// <summary>Pins the calling thread to the core of a worker: workers take the allowed cores in turn. Does nothing where that is refused.</summary>
    public static void Pin(int worker)
    {
        if (_allowed == 0) return;
        ulong left = _allowed;
        for (int skip = worker % BitOperations.PopCount(_allowed); skip > 0; skip--) left &= left - 1;
        ulong mask = left & (~left + 1);
        _ = sched_setaffinity(0, sizeof(ulong), ref mask);
    }

    private static ulong Allowed()
    {
        ulong mask = 0;
        return OperatingSystem.IsLinux() && sched_getaffinity(0, sizeof(ulong), ref mask) == 0 ? mask : 0;
    }

    [LibraryImport("libc")]
    private static partial int sched_setaffinity(int thread, nuint size, ref ulong mask);

    // On machines with more than 64 cores the short mask is refused and nothing is pinned.
    [LibraryImport("libc")]
    private static partial int sched_getaffinity(int thread, nuint size, ref ulong mask);
}
