using System.Runtime;

namespace ConcurrencySpecs.Exploration.Search;

/// <summary>A while without garbage collection, for one explorer of the process at a time.</summary>
internal static class Quiet
{
    private const long Bytes = 32 << 20;
    private static int _taken;

    /// <summary>False when another explorer has it, or the collector cannot promise it.</summary>
    public static bool TryBegin()
    {
        if (Interlocked.Exchange(ref _taken, 1) == 1) return false;
        if (TryStart()) return true;
        Volatile.Write(ref _taken, 0);
        return false;
    }

    /// <summary>Ends it; it may have ended itself when more was allocated than was set aside.</summary>
    public static void End()
    {
        try
        {
            if (GCSettings.LatencyMode == GCLatencyMode.NoGCRegion) GC.EndNoGCRegion();
        }
        catch (InvalidOperationException)
        {
            // it ended itself after the look at the mode
        }
        Volatile.Write(ref _taken, 0);
    }

    private static bool TryStart()
    {
        try
        {
            return GCSettings.LatencyMode != GCLatencyMode.NoGCRegion && GC.TryStartNoGCRegion(Bytes);
        }
        catch (InvalidOperationException)
        {
            return false;       // "already in progress": somebody else's, begun after the look at the mode, or one that is just ending itself
        }
    }
}
