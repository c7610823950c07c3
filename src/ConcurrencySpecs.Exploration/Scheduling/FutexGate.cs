using System.Runtime.InteropServices;

namespace ConcurrencySpecs.Exploration.Scheduling;

/// <summary>A gate on one futex word, for threads that share a core.</summary>
/// <remarks>
/// <para>Cost — 2 to 3 µs from Open to the return of Pass on the same core: the waker runs on until it sleeps itself, and spinning would only delay it.</para>
/// <para>Source — Franke, Russell, Kirkwood, "Fuss, Futexes and Furwocks", OLS 2002.</para>
/// </remarks>
internal sealed unsafe class FutexGate : IGate
{
    private const int Shut = 0, Opened = 1, Asleep = 2;
    private int* _word;

    public FutexGate()
    {
        _word = (int*)NativeMemory.AlignedAlloc(64, 64);        // a line of its own: gates of different cores must not share one
        *_word = Shut;
    }

    public void Open()
    {
        if (Interlocked.Exchange(ref *_word, Opened) == Asleep) _ = FutexCalls.Wake(_word);      // full → [sleep]
    }

    public void Pass()
    {
        if (Interlocked.CompareExchange(ref *_word, Asleep, Shut) == Shut)                       // full: [sleep] is seen by Open, or Open by us
            while (Volatile.Read(ref *_word) == Asleep) _ = FutexCalls.Wait(_word, Asleep);      // a signal or a spurious return: look again
        Volatile.Write(ref *_word, Shut);
    }

    public void Dispose()
    {
        NativeMemory.AlignedFree(_word);
        _word = null;
    }
}
