using ConcurrencySpecs.SharedMemory;
using ConcurrencySpecs.Waiting;

namespace ConcurrencySpecs.Contracts.Processes;

/// <summary>The protocol of an event between processes, on words of this process, with threads in the place of processes.</summary>
public class SharedGate
{
    // Pinned, because the futex knows a word by its address.
    private readonly EventWords[] _words = GC.AllocateArray<EventWords>(1, pinned: true);

    internal ref EventWords Words => ref _words[0];

    public bool IsSet => SharedEvent.IsSet(ref Words);

    public virtual void Set() => SharedEvent.Set(ref Words);

    public void Reset() => SharedEvent.Reset(ref Words);

    public virtual void Wait(CancellationToken cancel) => SharedEvent.Wait(ref Words, spins: 0, Patience.Endless(cancel), segment: null);
}
