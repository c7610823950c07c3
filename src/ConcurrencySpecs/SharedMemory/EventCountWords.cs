using System.Runtime.InteropServices;

namespace ConcurrencySpecs.SharedMemory;

/// <summary>The two words of an eventcount in shared memory.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct EventCountWords
{
    /// <summary>Counts the signals; sleepers sleep at it.</summary>
    public int Sequence;

    /// <summary>Not zero when somebody may sleep.</summary>
    public int Asleep;
}
