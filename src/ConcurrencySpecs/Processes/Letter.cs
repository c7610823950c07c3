using ConcurrencySpecs.Native;
using Microsoft.Win32.SafeHandles;

namespace ConcurrencySpecs.Processes;

/// <summary>A sheet of anonymous memory between a parent and one child: the parent's plan on it, then the child's outcome.</summary>
/// <remarks>
/// It is as long as it has to be, nobody waits for anybody, and it outlives the child: no pipe that fills, no reader that is missing.
/// </remarks>
internal sealed class Letter : IDisposable
{
    // I1  bytes: magic 8, reached 8, length of the plan 8, length of the outcome 8; plan; outcome
    // I2  the outcome's length is written last and is zero until the outcome is whole: a child that dies while it writes leaves none
    private const long Magic = 0x3152_4c43_5350_4543;
    private const int ReachedAt = 8, PlanLengthAt = 16, OutcomeLengthAt = 24, HeaderBytes = 32;
    private const int MostDescriptors = 1 << 24;

    private Letter(SafeFileHandle file) => File = file;

    public SafeFileHandle File { get; }

    /// <summary>Whether the child has come to read its plan.</summary>
    public bool WasReached => Number(ReachedAt) != 0;

    public static Letter Write(byte[] plan, string child)
    {
        var letter = new Letter(Descriptors.NewMemory(child));
        letter.SetNumber(0, Magic);
        letter.SetNumber(PlanLengthAt, plan.Length);
        RandomAccess.Write(letter.File, plan, HeaderBytes);
        return letter;
    }

    /// <summary>The letter that a descriptor's number stands for; null when it does not.</summary>
    public static Letter? TryOpen(string number)
    {
        try
        {
            if (!Digits.TryRead(number, out long descriptor) || descriptor > MostDescriptors) return null;
            var letter = new Letter(Descriptors.Adopt((int)descriptor));
            if (letter.Number(0) == Magic) return letter;
            letter.File.SetHandleAsInvalid();       // somebody else's file
            return null;
        }
        catch (Exception other) when (other is IOException or NotSupportedException or UnauthorizedAccessException)
        {
            return null;                            // nothing there, or nothing that can be read like a letter
        }
    }

    public byte[] ReadPlan()
    {
        SetNumber(ReachedAt, 1);
        return Bytes(HeaderBytes, Number(PlanLengthAt));
    }

    public void WriteOutcome(ReadOnlySpan<byte> outcome)
    {
        RandomAccess.Write(File, outcome, HeaderBytes + Number(PlanLengthAt));
        SetNumber(OutcomeLengthAt, outcome.Length);
    }

    /// <summary>What the child wrote; null when it did not come to that.</summary>
    public byte[]? ReadOutcome() => Number(OutcomeLengthAt) is > 0 and long length ? Bytes(HeaderBytes + Number(PlanLengthAt), length) : null;

    public void Dispose() => File.Dispose();

    private long Number(long at)
    {
        Span<byte> number = stackalloc byte[sizeof(long)];
        return RandomAccess.Read(File, number, at) == sizeof(long) ? BitConverter.ToInt64(number) : 0;
    }

    private void SetNumber(long at, long value)
    {
        RandomAccess.Write(File, BitConverter.GetBytes(value), at);
    }

    private byte[] Bytes(long from, long length)
    {
        byte[] bytes = new byte[length];
        for (int read = 0, more; read < length; read += more)
        {
            more = RandomAccess.Read(File, bytes.AsSpan(read), from + read);
            if (more == 0) throw new EndOfStreamException("The letter of a child process is shorter than it says.");
        }

        return bytes;
    }
}
