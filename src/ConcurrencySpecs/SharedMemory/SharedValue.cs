using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json.Serialization;
using ConcurrencySpecs.Native;
using ConcurrencySpecs.Waiting;

namespace ConcurrencySpecs.SharedMemory;

/// <summary>Makes and opens shared values.</summary>
public static class SharedValue
{
    /// <summary>Creates a value without a name, to be handed to children.</summary>
    /// <exception cref="SystemCallException">There is not enough memory, or no descriptor left.</exception>
    public static SharedValue<T> Create<T>(T initial = default) where T : unmanaged =>
        new(SharedMemorySegment.CreateAnonymous(SharedValue<T>.Bytes, SharedValue<T>.KindOfSegment, First(ref initial)));

    /// <summary>Creates a value under a name that is free.</summary>
    /// <exception cref="ArgumentException">The name is no name.</exception>
    /// <exception cref="IOException">The name is taken; or there is not enough shared memory.</exception>
    public static SharedValue<T> Create<T>(string name, T initial = default) where T : unmanaged =>
        new(SharedMemorySegment.Create(name, SharedValue<T>.Bytes, SharedValue<T>.KindOfSegment, First(ref initial)));

    /// <summary>Opens the value of that name.</summary>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    /// <exception cref="InvalidDataException">It is something else than a shared value of this type.</exception>
    public static SharedValue<T> Open<T>(string name) where T : unmanaged => new(SharedMemorySegment.Open(name, SharedValue<T>.KindOfSegment));

    /// <summary>Adds a number in one step that nobody can come between.</summary>
    /// <returns>The sum.</returns>
    /// <exception cref="OverflowException">The sum is too large for the type; the value is what it was.</exception>
    /// <exception cref="ObjectDisposedException">The value is disposed.</exception>
    public static T Add<T>(this SharedValue<T> value, T amount) where T : unmanaged, IAdditionOperators<T, T, T>
    {
        ArgumentNullException.ThrowIfNull(value);
        using SharedValueScope<T> scope = value.EnterScope();
        return scope.Value = checked(scope.Value + amount);
    }

    private static Initial First<T>(ref T initial) where T : unmanaged =>
        new(MemoryMarshal.AsBytes(new ReadOnlySpan<T>(ref initial)), SharedValue<T>.SlotsAt);
}

/// <summary>A value that several processes have in common, and change in steps that nobody can come between.</summary>
/// <remarks>
/// <para>Progress — reading never waits for a lock, and begins again when the value changed meanwhile; changes wait for each other, not for the dead.</para>
/// <para>Ordering — linearizable: each change takes effect in one moment, and a read sees the last one and all that its author wrote before.</para>
/// <para>Cost — no allocation; about two exchanges for a change, none for a read; two copies of the value and a lock in shared memory.</para>
/// <para>Failure — a process that is killed while it changes the value leaves it as it was before or as it is after, and the lock to the next.</para>
/// <para>Source — Python's multiprocessing.Value, whose += loses updates; two copies and a sequence as in Lameter, "Effective synchronization on
/// Linux/NUMA systems", 2005; robust futexes: Molnár, Gleixner and Hart, Linux 2.6.17.</para>
/// </remarks>
/// <typeparam name="T">A struct without references, of the same layout in all the processes.</typeparam>
[JsonConverter(typeof(HandedConverter))]
public sealed class SharedValue<T> : IHanded<SharedValue<T>>, IDisposable where T : unmanaged
{
    internal const int SlotsAt = 128;
    private const int MutexAt = 0, SequenceAt = 64, LineBytes = 64;

    // I1  the value is in slot Sequence mod 2; only the holder of the mutex writes the other slot, and only then raises Sequence
    // I2  so whenever the holder dies the value is whole, and nothing has to be repaired
    internal SharedValue(SharedMemorySegment segment) => Segment = segment;

    internal static string KindOfSegment => $"SharedValue of {typeof(T)}, {Unsafe.SizeOf<T>()} bytes";

    internal static int Bytes => SlotsAt + 2 * Stride;

    static string IHanded<SharedValue<T>>.Kind => KindOfSegment;

    SharedMemorySegment IHanded<SharedValue<T>>.Segment => Segment;

    /// <summary>The value at one moment of the call; what depends on an earlier value belongs in <see cref="Update"/> or <see cref="EnterScope"/>.</summary>
    /// <exception cref="ObjectDisposedException">The value is disposed.</exception>
    public T Value
    {
        get
        {
            Segment.Open();
            while (true)
            {
                long sequence = Volatile.Read(ref Sequence);            // acquire ← [publish]: the slot is whole before we read it
                T copy = Slot(sequence);
                Volatile.ReadBarrier();                                 // the copy before the second look
                if (Volatile.Read(ref Sequence) == sequence) return copy;
            }
        }

        set
        {
            using SharedValueScope<T> scope = EnterScope();
            scope.Value = value;
        }
    }

    internal SharedMemorySegment Segment { get; }

    internal ref RobustWords Mutex => ref Segment.At<RobustWords>(MutexAt);

    private static int Stride => (Unsafe.SizeOf<T>() + LineBytes - 1) & -LineBytes;

    private ref long Sequence => ref Segment.At<long>(SequenceAt);

    static SharedValue<T> IHanded<SharedValue<T>>.In(SharedMemorySegment segment) => new(segment);

    /// <summary>Replaces the value by what <paramref name="change"/> makes of it, with nobody in between.</summary>
    /// <param name="change">Called once, while all others who change the value wait. What it throws leaves the value as it was.</param>
    /// <param name="cancel">Ends the wait for the others.</param>
    /// <returns>The new value.</returns>
    /// <exception cref="OperationCanceledException">Cancelled before it was this call's turn.</exception>
    /// <exception cref="LockRecursionException">The calling thread is inside a scope of this value.</exception>
    /// <exception cref="ObjectDisposedException">The value is disposed.</exception>
    public T Update(Func<T, T> change, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(change);
        using SharedValueScope<T> scope = EnterScope(cancel);
        return scope.Value = change(scope.Value);
    }

    /// <summary>Keeps others from changing the value until the scope is disposed.</summary>
    /// <param name="cancel">Ends the wait for the others.</param>
    /// <exception cref="OperationCanceledException">Cancelled before it was this call's turn.</exception>
    /// <exception cref="LockRecursionException">The calling thread is inside a scope of this value.</exception>
    /// <exception cref="ObjectDisposedException">The value is disposed.</exception>
    public SharedValueScope<T> EnterScope(CancellationToken cancel = default)
    {
        Segment.Open();
        ref RobustWords mutex = ref Mutex;
        if (cancel.IsCancellationRequested || !RobustMutex.TryEnter(ref mutex)) RobustMutex.Enter(Segment, ref mutex, Patience.Endless(cancel));
        mutex.Inconsistent = 0;         // I2
        return new(this, ref mutex);
    }

    /// <summary>Keeps others from changing the value until the scope is disposed, unless they do not let us for so long.</summary>
    /// <param name="timeout">Zero answers at once; <see cref="Timeout.InfiniteTimeSpan"/> never gives up.</param>
    /// <param name="scope">To be disposed when the call returned true.</param>
    /// <returns>False when the time was up.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is negative and not infinite, or above 24 days.</exception>
    /// <exception cref="ObjectDisposedException">The value is disposed.</exception>
    public bool TryEnterScope(TimeSpan timeout, out SharedValueScope<T> scope)
    {
        Segment.Open();
        ref RobustWords mutex = ref Mutex;
        bool isIn = RobustMutex.Enter(Segment, ref mutex, Patience.Of(timeout, CancellationToken.None));
        if (isIn) mutex.Inconsistent = 0;
        scope = isIn ? new(this, ref mutex) : default;
        return isIn;
    }

    /// <summary>Takes the name away; those who have the value open keep it.</summary>
    /// <inheritdoc cref="SharedMemorySegment.Unlink()" path="exception"/>
    public void Unlink() => Segment.Unlink();

    /// <summary>Lets go of the value in this process.</summary>
    /// <exception cref="InvalidOperationException">A thread of this process is inside a scope; nothing has changed.</exception>
    public void Dispose()
    {
        if (!Segment.IsDisposed && RobustMutex.IsHeldHere(ref Mutex))
            throw new InvalidOperationException("A thread of this process is inside a scope of the shared value. Dispose the scope first.");
        Segment.Dispose(locks: Bytes);
    }

    internal T Current
    {
        get => Slot(Sequence);
        set
        {
            long next = Sequence + 1;                       // plain: only the holder writes
            Volatile.WriteBarrier();                        // whoever sees what we write below sees that the sequence has left that slot
            Slot(next) = value;
            Volatile.Write(ref Sequence, next);             // release → [publish]
        }
    }

    private ref T Slot(long sequence) => ref Segment.At<T>(SlotsAt + (sequence & 1) * Stride);
}
