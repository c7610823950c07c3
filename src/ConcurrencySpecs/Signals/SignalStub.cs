using System.Buffers.Binary;
using System.Runtime.InteropServices;
using ConcurrencySpecs.Native;

namespace ConcurrencySpecs.Signals;

/// <summary>The functions that the system calls for a signal, in machine code.</summary>
/// <remarks>
/// A handler interrupts its thread anywhere, also between two instructions of the collector, so it must not be managed code: that ends the
/// process. All that ours does is one write to a pipe, which neither blocks nor touches errno. Where the pipe is full it counts instead,
/// so that no signal is lost however slowly handlers run.
/// </remarks>
internal static unsafe class SignalStub
{
    private const int PipeAt = 9;
    private const int CountersAt = 26;

    private static readonly byte[] _poster =
    [
        0x41, 0x89, 0xF8,                                       //  0  mov  r8d, edi            the signal
        0xBA, SignalNote.Bytes, 0, 0, 0,                        //  3  mov  edx, 32             of siginfo_t, which rsi points to
        0xBF, 0, 0, 0, 0,                                       //  8  mov  edi, <pipe>
        0xB8, 1, 0, 0, 0,                                       // 13  mov  eax, 1              write
        0x0F, 0x05,                                             // 18  syscall
        0x85, 0xC0,                                             // 20  test eax, eax
        0x79, 0x0F,                                             // 22  jns  done
        0x48, 0xB8, 0, 0, 0, 0, 0, 0, 0, 0,                     // 24  mov  rax, <counters>
        0xF0, 0x42, 0xFF, 0x04, 0x80,                           // 34  lock inc dword [rax + r8 * 4]
        0xC3,                                                   // 39  done: ret
    ];

    private static readonly byte[] _nothing = [0xC3];           // ret

    public static bool IsSupported => OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64;

    /// <summary>A handler that does nothing but end the system call it interrupts.</summary>
    public static nint Nothing { get; } = ExecutableMemory.Load(_nothing);

    /// <summary>A handler that writes the first bytes of its siginfo_t to a pipe, and counts at counters[signal] when there is no room.</summary>
    public static nint PostingTo(int pipe, int* counters)
    {
        byte[] code = [.. _poster];
        BinaryPrimitives.WriteInt32LittleEndian(code.AsSpan(PipeAt), pipe);
        BinaryPrimitives.WriteInt64LittleEndian(code.AsSpan(CountersAt), (nint)counters);
        return ExecutableMemory.Load(code);
    }
}
