using System.ComponentModel;

namespace ConcurrencySpecs.Exploration.Twins;

/// <summary>Stands for the futex between processes of this repository's implementations, whose threads stand for the processes here.</summary>
/// <remarks>The real one looks again every 50 ms. Here nobody does, so that a wake-up which is lost is seen.</remarks>
[CallsOf("ConcurrencySpecs.Native.SharedFutex"), EditorBrowsable(EditorBrowsableState.Never)]
public static class SharedFutex
{
    public static void Wait(ref int word, int expected, TimeSpan timeout) => Futex.Wait(ref word, expected, timeout);

    public static int Wake(ref int word, int count) => Futex.WakeAndCount(ref word, count);
}
