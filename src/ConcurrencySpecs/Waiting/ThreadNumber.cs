using System.Runtime.CompilerServices;

namespace ConcurrencySpecs.Waiting;

/// <summary>The number of the calling thread, at hand: the runtime's own answer costs as much as entering a lock.</summary>
internal static class ThreadNumber
{
    // I1  0, or the managed number of the thread whose field this is
    [ThreadStatic] private static int _mine;

    /// <summary>What <see cref="Environment.CurrentManagedThreadId"/> gives, never 0.</summary>
    public static int Mine
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            int mine = _mine;
            if (mine == 0) mine = Ask();
            return mine;
        }
    }

    /// <summary>The same, or 0 while the thread has not asked.</summary>
    public static int IfKnown
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _mine;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Ask() => _mine = Environment.CurrentManagedThreadId;
}
