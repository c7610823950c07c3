using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ConcurrencySpecs.Native;

/// <summary>The list that the kernel walks when a thread ends: every mutex on it is marked as left by a dead holder, and a waiter is woken.</summary>
/// <remarks>
/// The list belongs to the C library, which registers it for each thread; our mutexes join it. Around every step that changes who holds a mutex,
/// the pending field names it, so that a thread which dies between the two writes is handled as well (get_robust_list(2), Linux 2.6.17).
/// A mutex is a <see cref="RobustWords"/>, known here by its first word: the explorer keeps such a list too, and knows our layouts not.
/// </remarks>
internal static unsafe partial class RobustList
{
    private const int PendingAt = 16, OffsetAt = 8, PreviousBeforeNext = 8;
    private const int NextAt = 32, ExpectedOffset = -32;

    [ThreadStatic] private static byte* _head;
    [ThreadStatic] private static int _thread;

    static RobustList() => Errno.Prime();

    /// <summary>The calling thread's number in the kernel.</summary>
    public static int Thread
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _thread != 0 ? _thread : Join();
    }

    /// <summary>Says which mutex the calling thread is about to take or to let go of, by its first word.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Announce(ref int word) =>
        // Safe because the C library keeps the head for as long as the thread lives; the kernel reads it only after the thread's end.
        Volatile.Write(ref *(nint*)(_head + PendingAt), (nint)Unsafe.AsPointer(ref word) + NextAt);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Done() => Volatile.Write(ref *(nint*)(_head + PendingAt), 0);       // Safe as above.

    /// <summary>Puts a mutex that the calling thread has just taken on its list.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add(ref int word)
    {
        ref RobustWords mutex = ref Unsafe.As<int, RobustWords>(ref word);
        byte* head = _head;
        nint entry = (nint)Unsafe.AsPointer(ref mutex) + NextAt;
        nint first = *(nint*)head;                                      // Safe because the head and every entry are mapped while they are listed.
        mutex.Next = first;
        mutex.Previous = (nint)head;
        *(nint*)((first & ~1) - PreviousBeforeNext) = entry;
        Volatile.Write(ref *(nint*)head, entry);                        // last: the kernel walks forward, and finds the entry whole
    }

    /// <summary>Takes a mutex that the calling thread is about to let go of from its list.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Remove(ref int word)
    {
        ref RobustWords mutex = ref Unsafe.As<int, RobustWords>(ref word);
        *(nint*)((mutex.Next & ~1) - PreviousBeforeNext) = mutex.Previous;     // Safe as above: both neighbours are entries or the head.
        Volatile.Write(ref *(nint*)(mutex.Previous & ~1), mutex.Next);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Join()
    {
        byte* head;
        nuint length;
        // Safe because both results lie on this stack.
        if (GetRobustList(GetNumber, 0, &head, &length) != 0) throw new SystemCallException("get_robust_list", "this thread", Errno.Last);
        long offset = head is null ? 0 : *(long*)(head + OffsetAt);
        if (offset != ExpectedOffset)
            throw new PlatformNotSupportedException(
                $"Robust locks need the C library's list with mutexes of 64-bit glibc (offset {ExpectedOffset}); here it is {offset}.");
        _head = head;
        return _thread = (int)Gettid(GettidNumber, 0, 0, 0);
    }

    private static nint GetNumber => RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 274 : 100;

    private static nint GettidNumber => RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 186 : 178;

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint GetRobustList(nint number, nint process, byte** head, nuint* length);

    [LibraryImport("libc", EntryPoint = "syscall")]
    private static partial nint Gettid(nint number, nint a, nint b, nint c);
}
