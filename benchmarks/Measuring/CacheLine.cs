using System.Runtime.InteropServices;

namespace ConcurrencySpecs.Benchmarks.Measuring;

/// <summary>What does it cost to send one cache line to the other core and back? Nothing between two cores can be faster.</summary>
/// <remarks>On virtual machines the answer changes within minutes, so that every comparison measures it beside its candidates.</remarks>
internal static class CacheLine
{
    /// <summary>The time of one round trip in one run of <paramref name="trips"/>.</summary>
    public static Sample RoundTrip(int trips)
    {
        var line = new Padded[1];
        return Crew.RunThreads(trips, () => Play(line, trips, parity: 0), () => Play(line, trips, parity: 1));
    }

    private static void Play(Padded[] line, int trips, int parity)
    {
        ref int ball = ref line[0].Ball;
        for (int turn = parity; turn < 2 * trips; turn += 2)
        {
            // Pure spinning on an own core; the yield is for machines that give both threads the same one.
            for (int misses = 1; Volatile.Read(ref ball) != turn; misses++) if (misses % 100_000 == 0) Thread.Yield();
            Volatile.Write(ref ball, turn + 1);
        }
    }

    [StructLayout(LayoutKind.Explicit, Size = 3 * 128)]
    private struct Padded
    {
        [FieldOffset(128)] public int Ball;
    }
}
