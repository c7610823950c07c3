using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;
using ConcurrencySpecs.Native;
using ConcurrencySpecs.SharedMemory;
using ConcurrencySpecs.Waiting;

namespace ConcurrencySpecs.Locks;

/// <summary>A gate between threads of any processes that is set and reset by hand, and lets everybody through while it is set.</summary>
/// <remarks>
/// <para>Progress — setting, resetting and looking are lock-free; whoever waits looks again at the latest every 50 ms.</para>
/// <para>Ordering — what was written before the gate was set is visible to whoever it lets through.</para>
/// <para>Cost — one or two exchanges to set it, and a system call when somebody may sleep; no allocation; two pages of shared memory.</para>
/// <para>Failure — a process that is killed, even in the middle of setting it, leaves it set or not; nobody keeps waiting at a gate that is set.</para>
/// <para>Source — Python's multiprocessing.Event, whose waiters can miss a set that is cleared at once and hang when one of them was killed.</para>
/// </remarks>
[JsonConverter(typeof(HandedConverter))]
public sealed class ProcessEvent : IHanded<ProcessEvent>, IDisposable
{
    private const string KindOfSegment = "ProcessEvent";
    private const int Bytes = 64, SpinsBeforeSleep = 200;

    private readonly SharedMemorySegment _segment;

    private ProcessEvent(SharedMemorySegment segment) => _segment = segment;

    static string IHanded<ProcessEvent>.Kind => KindOfSegment;

    SharedMemorySegment IHanded<ProcessEvent>.Segment => _segment;

    /// <summary>Whether it lets everybody through.</summary>
    /// <exception cref="ObjectDisposedException">The event is disposed.</exception>
    public bool IsSet => SharedEvent.IsSet(ref Words);

    internal ref EventWords Words => ref _segment.Open().At<EventWords>(0);

    private static int Spins => Environment.ProcessorCount > 1 ? SpinsBeforeSleep : 0;

    static ProcessEvent IHanded<ProcessEvent>.In(SharedMemorySegment segment) => new(segment);

    /// <summary>Creates an event without a name, to be handed to children.</summary>
    /// <exception cref="SystemCallException">There is not enough memory, or no descriptor left.</exception>
    public static ProcessEvent Create() => new(SharedMemorySegment.CreateAnonymous(Bytes, KindOfSegment));

    /// <summary>Creates an event under a name that is free.</summary>
    /// <exception cref="ArgumentException">The name is no name.</exception>
    /// <exception cref="IOException">The name is taken; or there is not enough shared memory.</exception>
    public static ProcessEvent Create(string name) => new(SharedMemorySegment.Create(name, Bytes, KindOfSegment));

    /// <summary>Opens the event of that name.</summary>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    /// <exception cref="InvalidDataException">It is something else than an event.</exception>
    public static ProcessEvent Open(string name) => new(SharedMemorySegment.Open(name, KindOfSegment));

    /// <summary>Lets everybody through who waits, and who comes until it is reset.</summary>
    /// <exception cref="ObjectDisposedException">The event is disposed.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Set()
    {
        SharedEvent.Set(ref Words);
        GC.KeepAlive(this);
    }

    /// <summary>Makes those wait who come from now on; whoever waited when it was last set still goes through.</summary>
    /// <exception cref="ObjectDisposedException">The event is disposed.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Reset()
    {
        SharedEvent.Reset(ref Words);
        GC.KeepAlive(this);
    }

    /// <summary>Waits until it is set.</summary>
    /// <param name="cancel">Ends the wait; seen within 50 ms.</param>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The event is disposed, or was meanwhile.</exception>
    public void Wait(CancellationToken cancel = default) => Wait(Patience.Endless(cancel));

    /// <summary>Waits until it is set, no longer than <paramref name="timeout"/>.</summary>
    /// <param name="timeout">Zero answers at once; <see cref="Timeout.InfiniteTimeSpan"/> never gives up.</param>
    /// <param name="cancel">Ends the wait; seen within 50 ms.</param>
    /// <returns>False when it was not set at any moment of the wait.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is negative and not infinite, or above 24 days.</exception>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The event is disposed, or was meanwhile.</exception>
    public bool TryWait(TimeSpan timeout, CancellationToken cancel = default) => Wait(Patience.Of(timeout, cancel));

    /// <summary>Takes the name away; those who have the event open keep it.</summary>
    /// <inheritdoc cref="SharedMemorySegment.Unlink()" path="exception"/>
    public void Unlink() => _segment.Unlink();

    /// <summary>Lets go of the event in this process; those who wait at it here learn that it is disposed.</summary>
    public void Dispose() => _segment.Dispose(locks: Bytes);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool Wait(Patience patience)
    {
        ref EventWords words = ref Words;
        patience.ThrowIfCancelled();
        bool isSet = SharedEvent.IsSet(ref words) || (!patience.IsNow && SharedEvent.Wait(ref words, Spins, patience, _segment));
        GC.KeepAlive(this);
        return isSet;
    }
}
