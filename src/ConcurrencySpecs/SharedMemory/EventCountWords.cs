using System.Runtime.InteropServices;

namespace ConcurrencySpecs.SharedMemory;

/// <summary>The words of an eventcount in shared memory.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct EventCountWords
{
    /// <summary>Counts the signals; sleepers sleep at it.</summary>
    public int Sequence;

    /// <summary>Counts the announcements of those who may sleep.</summary>
    public int Announced;

    /// <summary>How many of the announcements are settled: those behind them do not sleep any more.</summary>
    public int Settled;
}
