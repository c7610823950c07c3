using System.Runtime.InteropServices;

namespace ConcurrencySpecs.Layout;

/// <summary>What a shared array says of itself in shared memory.</summary>
[StructLayout(LayoutKind.Sequential, Size = 64)]
internal struct ArrayShape
{
    public int Length;
    public int Stripes;
}
