using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json.Serialization;
using ConcurrencySpecs.Layout;
using ConcurrencySpecs.Native;
using ConcurrencySpecs.Waiting;

namespace ConcurrencySpecs.SharedMemory;

/// <summary>Makes and opens shared arrays.</summary>
public static class SharedArray
{
    /// <summary>Creates an array of defaults without a name, to be handed to children.</summary>
    /// <param name="length">How many elements, from 0.</param>
    /// <param name="stripes">How many locks share the elements among them: element i is under lock i mod stripes.</param>
    /// <exception cref="ArgumentOutOfRangeException">The length is negative, or there is not at least one stripe.</exception>
    /// <exception cref="SystemCallException">There is not enough memory, or no descriptor left.</exception>
    public static SharedArray<T> Create<T>(int length, int stripes = 1) where T : unmanaged
    {
        ArrayShape shape = SharedArray<T>.Shape(length, stripes);
        return new(SharedMemorySegment.CreateAnonymous(SharedArray<T>.Bytes(shape), SharedArray<T>.KindOfSegment, First(ref shape)));
    }

    /// <summary>Creates an array of defaults under a name that is free.</summary>
    /// <param name="name">The name.</param>
    /// <param name="length">How many elements, from 0.</param>
    /// <param name="stripes">How many locks share the elements among them: element i is under lock i mod stripes.</param>
    /// <exception cref="ArgumentException">The name is no name.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The length is negative, or there is not at least one stripe.</exception>
    /// <exception cref="IOException">The name is taken; or there is not enough shared memory.</exception>
    public static SharedArray<T> Create<T>(string name, int length, int stripes = 1) where T : unmanaged
    {
        ArrayShape shape = SharedArray<T>.Shape(length, stripes);
        return new(SharedMemorySegment.Create(name, SharedArray<T>.Bytes(shape), SharedArray<T>.KindOfSegment, First(ref shape)));
    }

    /// <summary>Opens the array of that name.</summary>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    /// <exception cref="InvalidDataException">It is something else than a shared array of this type.</exception>
    public static SharedArray<T> Open<T>(string name) where T : unmanaged => new(SharedMemorySegment.Open(name, SharedArray<T>.KindOfSegment));

    private static Initial First(ref ArrayShape shape) => new(MemoryMarshal.AsBytes(new ReadOnlySpan<ArrayShape>(ref shape)), 0);
}

/// <summary>An array that several processes have in common.</summary>
/// <remarks>
/// <para>Progress — reading and writing elements and spans never waits; <see cref="Update"/> and scopes wait for others in the same stripe, but
/// not for the dead.</para>
/// <para>Ordering — elements up to eight bytes are read and written whole; larger ones, and what depends on an earlier value, are whole under their
/// stripe's lock, where what one holder wrote is visible to the next.</para>
/// <para>Cost — no allocation; about two exchanges for an update; one lock and one saved element for each stripe.</para>
/// <para>Failure — a process that is killed in an update leaves the element as it was before or as it is after: the next one in takes a half-done
/// change back.</para>
/// <para>Source — Python's multiprocessing.Array; the saved element is an undo log of one entry: Gray and Reuter, "Transaction Processing", 1993.</para>
/// </remarks>
/// <typeparam name="T">A struct without references, of the same layout in all the processes.</typeparam>
[JsonConverter(typeof(HandedConverter))]
public sealed class SharedArray<T> : IHanded<SharedArray<T>>, IDisposable where T : unmanaged
{
    private const int ShapeAt = 0, StripesAt = 64, LineBytes = 64;
    private const long PageBytes = 4096;
    private const int UndoIndexAt = 64, UndoAt = 128;       // from the start of a stripe, whose mutex comes first

    // I1  the undo index of a stripe is i + 1 from before element i changes until it has changed, and zero otherwise; the undo slot holds the old element
    // I2  so whoever enters a stripe and finds an undo index puts the old element back, and the array is whole
    private readonly ArrayShape _shape;
    private readonly long _elementsAt;

    internal SharedArray(SharedMemorySegment segment)
    {
        Segment = segment;
        _shape = segment.At<ArrayShape>(ShapeAt);
        _elementsAt = ElementsAt(_shape);
        if (_shape.Length >= 0 && _shape.Stripes >= 1 && Bytes(_shape) == segment.Size) return;
        segment.Dispose();
        throw new InvalidDataException($"{segment.Subject} says it has {_shape.Length} elements, which does not fit its size. Unlink it and create it anew.");
    }

    /// <summary>How many elements there are.</summary>
    public int Length => _shape.Length;

    internal static string KindOfSegment => $"SharedArray of {typeof(T)}, {Unsafe.SizeOf<T>()} bytes each";

    static string IHanded<SharedArray<T>>.Kind => KindOfSegment;

    SharedMemorySegment IHanded<SharedArray<T>>.Segment => Segment;

    internal SharedMemorySegment Segment { get; }

    private static int StripeBytes => UndoAt + ((Unsafe.SizeOf<T>() + LineBytes - 1) & -LineBytes);

    /// <summary>One element, without its lock.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such element.</exception>
    /// <exception cref="ObjectDisposedException">The array is disposed.</exception>
    public T this[int index]
    {
        get => At(index);
        set => At(index) = value;
    }

    static SharedArray<T> IHanded<SharedArray<T>>.In(SharedMemorySegment segment) => new(segment);

    /// <summary>All elements, without their locks; a span that outlives the array reads zeros.</summary>
    /// <exception cref="ObjectDisposedException">The array is disposed.</exception>
    public Span<T> AsSpan() => MemoryMarshal.CreateSpan(ref Segment.Open().At<T>(_elementsAt), Length);

    /// <summary>Replaces an element by what <paramref name="change"/> makes of it, with nobody in between who locks too.</summary>
    /// <param name="index">The element.</param>
    /// <param name="change">Called once, while others wait for the stripe. What it throws leaves the element as it was.</param>
    /// <param name="cancel">Ends the wait for the others.</param>
    /// <returns>The new element.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such element.</exception>
    /// <exception cref="OperationCanceledException">Cancelled before it was this call's turn.</exception>
    /// <exception cref="LockRecursionException">The calling thread is inside a scope of the same stripe.</exception>
    /// <exception cref="ObjectDisposedException">The array is disposed.</exception>
    public T Update(int index, Func<T, T> change, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(change);
        using SharedElementScope<T> scope = EnterScope(index, cancel);
        return scope.Value = change(scope.Value);
    }

    /// <summary>Holds the lock of an element's stripe until the scope is disposed.</summary>
    /// <param name="index">The element.</param>
    /// <param name="cancel">Ends the wait for the others.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such element.</exception>
    /// <exception cref="OperationCanceledException">Cancelled before it was this call's turn.</exception>
    /// <exception cref="LockRecursionException">The calling thread is inside a scope of the same stripe.</exception>
    /// <exception cref="ObjectDisposedException">The array is disposed.</exception>
    public SharedElementScope<T> EnterScope(int index, CancellationToken cancel = default)
    {
        At(index);
        ref RobustWords mutex = ref Mutex(index);
        if (cancel.IsCancellationRequested || !RobustMutex.TryEnter(ref mutex)) RobustMutex.Enter(Segment, ref mutex, Patience.Endless(cancel));
        if (mutex.Inconsistent != 0) TakeBack(index);
        return new(this, index, ref mutex);
    }

    /// <summary>Takes the name away; those who have the array open keep it.</summary>
    /// <inheritdoc cref="SharedMemorySegment.Unlink()" path="exception"/>
    public void Unlink() => Segment.Unlink();

    /// <summary>Lets go of the array in this process.</summary>
    /// <exception cref="InvalidOperationException">A thread of this process is inside a scope; nothing has changed.</exception>
    public void Dispose()
    {
        for (int stripe = 0; stripe < _shape.Stripes && !Segment.IsDisposed; stripe++)
            if (RobustMutex.IsHeldHere(ref Mutex(stripe)))
                throw new InvalidOperationException("A thread of this process is inside a scope of the shared array. Dispose the scope first.");
        Segment.Dispose(locks: _elementsAt);
    }

    internal static ArrayShape Shape(int length, int stripes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfLessThan(stripes, 1);
        return new() { Length = length, Stripes = stripes };
    }

    internal static long Bytes(ArrayShape shape) => ElementsAt(shape) + (long)shape.Length * Unsafe.SizeOf<T>();

    internal ref RobustWords Mutex(int index) => ref Segment.At<RobustWords>(StripeOf(index));

    /// <summary>Changes an element whose stripe the caller holds.</summary>
    internal void Change(int index, T value)
    {
        BeginChange(index);
        At(index) = value;
        Volatile.Write(ref Segment.At<long>(StripeOf(index) + UndoIndexAt), 0);     // the change precedes the word that it is whole
    }

    /// <summary>Saves an element that is about to change.</summary>
    internal void BeginChange(int index)
    {
        Segment.At<T>(StripeOf(index) + UndoAt) = At(index);
        Volatile.Write(ref Segment.At<long>(StripeOf(index) + UndoIndexAt), index + 1L);    // the old element precedes the word that it is needed
        Volatile.WriteBarrier();                                                            // and that word precedes the change
    }

    // Elements begin with a page: the memory of the locks is let go of later than theirs.
    private static long ElementsAt(ArrayShape shape) => (StripesAt + (long)shape.Stripes * StripeBytes + PageBytes - 1) & -PageBytes;

    private void TakeBack(int index)
    {
        long stripe = StripeOf(index);
        ref long undoIndex = ref Segment.At<long>(stripe + UndoIndexAt);
        if (undoIndex is > 0 and var changing && changing <= Length) At((int)(changing - 1)) = Segment.At<T>(stripe + UndoAt);
        Volatile.Write(ref undoIndex, 0);
        Mutex(index).Inconsistent = 0;                  // last: who dies before it leaves the same to the next
    }

    private ref T At(int index)
    {
        Segment.Open();
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Length);
        return ref Segment.At<T>(_elementsAt + (long)index * Unsafe.SizeOf<T>());
    }

    private long StripeOf(int index) => StripesAt + (long)(index % _shape.Stripes) * StripeBytes;
}
