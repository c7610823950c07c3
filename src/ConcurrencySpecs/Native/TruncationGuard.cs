using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace ConcurrencySpecs.Native;

/// <summary>Keeps a process alive when somebody truncates a file that it has mapped.</summary>
/// <remarks>
/// An access behind the end of a mapped file raises SIGBUS, for which the runtime ends the process. Here a few instructions are asked first: where
/// the address lies in a mapping that is watched, they count the loss and lay a private page of zeros there, so that the access goes on; whoever
/// looks at the count learns of it. Every other SIGBUS goes on to the runtime, as before. That is for x64; on other processors, and where a policy
/// forbids new code, such an access ends the process as it does everywhere.
/// </remarks>
internal static unsafe class TruncationGuard
{
    private const int BusError = 7;
    private const int ListAt = 6, NextHandlerAt = 97;

    private static readonly byte[] _handler =
    [
        0x48, 0x8B, 0x46, 0x10,                                 //  0  mov  rax, [rsi + 16]     the address, from siginfo_t
        0x48, 0xB9, 0, 0, 0, 0, 0, 0, 0, 0,                     //  4  mov  rcx, <list>
        0x48, 0x8B, 0x09,                                       // 14  mov  rcx, [rcx]
        0x48, 0x85, 0xC9,                                       // 17  look: test rcx, rcx
        0x74, 0x49,                                             // 20  jz   pass
        0x48, 0x3B, 0x41, 0x08,                                 // 22  cmp  rax, [rcx + 8]      Start
        0x72, 0x06,                                             // 26  jb   next
        0x48, 0x3B, 0x41, 0x10,                                 // 28  cmp  rax, [rcx + 16]     End
        0x72, 0x05,                                             // 32  jb   found
        0x48, 0x8B, 0x09,                                       // 34  next: mov rcx, [rcx]     Next
        0xEB, 0xEA,                                             // 37  jmp  look
        0xF0, 0xFF, 0x41, 0x18,                                 // 39  found: lock inc dword [rcx + 24]   Losses
        0x57, 0x56, 0x52,                                       // 43  push rdi; push rsi; push rdx
        0x48, 0x89, 0xC7,                                       // 46  mov  rdi, rax
        0x48, 0x81, 0xE7, 0x00, 0xF0, 0xFF, 0xFF,               // 49  and  rdi, -4096
        0xBE, 0x00, 0x10, 0x00, 0x00,                           // 56  mov  esi, 4096
        0xBA, 0x03, 0x00, 0x00, 0x00,                           // 61  mov  edx, 3              read and write
        0x41, 0xBA, 0x32, 0x00, 0x00, 0x00,                     // 66  mov  r10d, 0x32          private, fixed, anonymous
        0x49, 0x83, 0xC8, 0xFF,                                 // 72  or   r8, -1
        0x45, 0x31, 0xC9,                                       // 76  xor  r9d, r9d
        0xB8, 0x09, 0x00, 0x00, 0x00,                           // 79  mov  eax, 9              mmap
        0x0F, 0x05,                                             // 84  syscall
        0x5A, 0x5E, 0x5F,                                       // 86  pop  rdx; pop rsi; pop rdi
        0x48, 0x85, 0xC0,                                       // 89  test rax, rax
        0x78, 0x01,                                             // 92  js   pass
        0xC3,                                                   // 94  ret
        0x48, 0xB8, 0, 0, 0, 0, 0, 0, 0, 0,                     // 95  pass: mov rax, <next handler>
        0xFF, 0xE0,                                             //105  jmp  rax
    ];

    private static readonly Lock _gate = new();
    private static readonly Lazy<bool> _isInstalled = new(Install);

    // I1  nodes are added at the front and never freed, so the handler may walk the list at any moment on any thread; a mapping keeps its addresses too
    private static readonly Node** _list = (Node**)NativeMemory.AllocZeroed((nuint)sizeof(Node*));

    /// <summary>Whether accesses to what was cut off are survived here.</summary>
    public static bool IsInstalled => _isInstalled.Value;

    /// <summary>Watches addresses for as long as the process lives.</summary>
    /// <returns>Where the lost pages are counted; null where there is no guard.</returns>
    public static int* Watch(nint start, long length)
    {
        if (!IsInstalled) return null;
        // Safe because the node is ours, and nobody else sees it before the last line.
        var node = (Node*)NativeMemory.AllocZeroed((nuint)sizeof(Node));
        (node->Start, node->End) = (start, start + (nint)length);
        lock (_gate)
        {
            node->Next = *_list;
            Volatile.Write(ref *(nint*)_list, (nint)node);      // release → the handler's walk: the node precedes the pointer to it
        }

        return &node->Losses;
    }

    private static bool Install()
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture != Architecture.X64) return false;
        if (SignalCalls.ReadAction(BusError, out SignalAction action) != 0 || !action.IsHandled) return false;
        byte[] code = [.. _handler];
        BinaryPrimitives.WriteInt64LittleEndian(code.AsSpan(ListAt), (nint)_list);
        BinaryPrimitives.WriteInt64LittleEndian(code.AsSpan(NextHandlerAt), action.Handler);
        try
        {
            action.Handler = ExecutableMemory.Load(code);       // with the flags and the mask that the runtime chose for its own
        }
        catch (SystemCallException)
        {
            return false;                                       // new code is forbidden here
        }

        return SignalCalls.Sigaction(BusError, action) == 0;
    }

    private struct Node
    {
        public Node* Next;
        public nint Start;
        public nint End;
        public int Losses;
    }
}
