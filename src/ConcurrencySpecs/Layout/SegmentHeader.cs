using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ConcurrencySpecs.Layout;

/// <summary>What every shared segment begins with: enough to refuse one that is foreign, of another version, or not what the caller takes it for.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct SegmentHeader
{
    public const long TheMagic = 0x5345_4753_434E_4F43;     // "CONCSGES" as bytes
    public const int TheVersion = 1;

    /// <summary>A fingerprint of all that lies in segments, field by field; a spec computes it, so that nobody can change a layout and forget it.</summary>
    public const uint TheLayout = 0xDD87_EFAC;

    public long Magic;
    public int Version;

    /// <summary>The table of users follows at this distance from the start.</summary>
    public int Users;

    /// <summary>The bytes for the owner's data, after the header's page.</summary>
    public long Size;

    /// <summary>The process id namespace of the creator: the same ids mean other processes elsewhere.</summary>
    public long Namespace;

    /// <summary>How many bytes of <see cref="Kind"/> are used.</summary>
    public int KindLength;

    /// <summary>The fingerprint of the build that made the segment.</summary>
    public uint Layout;

    /// <summary>What lies in the segment, as UTF-8: "SharedValue of System.Int64, 8 bytes".</summary>
    public KindText Kind;

    [InlineArray(Length)]
    internal struct KindText
    {
        public const int Length = 192;
        private byte _first;
    }
}
