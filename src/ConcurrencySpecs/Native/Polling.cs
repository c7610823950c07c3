using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ConcurrencySpecs.Native;

/// <summary>poll(2): waits until one of several descriptors has something to say.</summary>
internal static partial class Polling
{
    private const short Readable = 1;

    static Polling() => Errno.Prime();

    /// <summary>Waits until a descriptor is readable or its other end is gone; a process held by a descriptor is readable once it has ended.</summary>
    /// <param name="descriptors">The caller keeps them open for as long as the call lasts.</param>
    /// <param name="ready">Set for each descriptor that is ready.</param>
    /// <param name="milliseconds">How long at most; zero looks once, a negative number is for ever. Signals change nothing.</param>
    /// <returns>False when the time was up.</returns>
    public static bool Wait(IReadOnlyList<SafeFileHandle> descriptors, bool[] ready, int milliseconds)
    {
        var asked = new Entry[descriptors.Count];
        for (int i = 0; i < asked.Length; i++) asked[i] = new() { Descriptor = (int)descriptors[i].DangerousGetHandle(), Events = Readable };
        long start = milliseconds > 0 ? Stopwatch.GetTimestamp() : 0;
        int count, left = milliseconds;
        while ((count = Poll(asked, (nuint)asked.Length, left)) < 0)
        {
            if (Errno.Last != Errno.Eintr) throw new SystemCallException("poll", $"{asked.Length} descriptors", Errno.Last);
            if (milliseconds > 0) left = Math.Max(0, (int)Math.Ceiling(milliseconds - Stopwatch.GetElapsedTime(start).TotalMilliseconds));
        }

        for (int i = 0; i < asked.Length; i++) ready[i] = asked[i].Result != 0;
        return count > 0;
    }

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    private static partial int Poll([In, Out] Entry[] entries, nuint count, int milliseconds);

    [StructLayout(LayoutKind.Sequential)]
    private struct Entry
    {
        public int Descriptor;
        public short Events;
        public short Result;
    }
}
