using System.Runtime.InteropServices;

namespace ConcurrencySpecs.Layout;

/// <summary>One process that uses a segment.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct SegmentUser
{
    /// <summary>The place's generation above, the process id below; an id of zero is a free place.</summary>
    public long GenerationAndProcess;

    /// <summary>When that process was started, above the last 16 bits of the generation for which that was written; another's for a moment, while it
    /// signs in.</summary>
    public long StartTime;
}
