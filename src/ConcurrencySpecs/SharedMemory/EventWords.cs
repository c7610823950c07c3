using System.Runtime.InteropServices;

namespace ConcurrencySpecs.SharedMemory;

/// <summary>An event in shared memory.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct EventWords
{
    /// <summary>How often it has been set, doubled; odd while it is set.</summary>
    public int State;

    public EventCountWords Waiting;
}
