using System.Runtime.InteropServices;
using ConcurrencySpecs.Native;
using ConcurrencySpecs.Signals;

/// <summary>Signals blocked in the calling thread, which only specs do: a .NET process cannot block them in all of its threads.</summary>
internal static unsafe partial class BlockedSignals
{
    private const int Block = 0, Unblock = 1;

    public static void During(Signal[] signals, Action body)
    {
        ulong* set = stackalloc ulong[16];          // sigset_t has 1024 bits
        for (int i = 0; i < 16; i++) set[i] = 0;
        foreach (Signal signal in signals) set[0] |= 1UL << (signal.Number - 1);
        Assert.Equal(0, pthread_sigmask(Block, set, null));
        try { body(); }
        finally { _ = pthread_sigmask(Unblock, set, null); }
    }

    public static void RaiseHere(Signal signal) => Assert.Equal(0, SignalCalls.ToThread(SignalCalls.CurrentThread(), signal.Number));

    [LibraryImport("libc")]
    private static partial int pthread_sigmask(int how, ulong* set, ulong* before);
}
