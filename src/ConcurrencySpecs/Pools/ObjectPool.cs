using System.Runtime.CompilerServices;
using ConcurrencySpecs.Layout;

namespace ConcurrencySpecs.Pools;

/// <summary>Objects that are costly to make, rented and returned by any thread.</summary>
/// <remarks>
/// <para>Progress — wait-free apart from your own functions: a call looks at its thread's slot and at each shared slot once.</para>
/// <para>Ordering — all that a user wrote to an object before Return is visible to the next one who rents it. No order among idle objects.</para>
/// <para>Cost — O(1) without an atomic instruction while a thread rents and returns one object at a time; else linear in the capacity at worst.</para>
/// <para>Failure — a thread that stops leaves its own idle object to the next one with its number;
/// one that is never returned is
/// not given out again, and lives until its thread keeps another; more than fit are dropped.</para>
/// <para>Source — Bonwick and Adams, "Magazines and Vmem", USENIX 2001: one object per thread in front of what all share.</para>
/// </remarks>
/// <typeparam name="T">The type of the objects.</typeparam>
public sealed class ObjectPool<T> where T : class
{
    private const int SlotsPerLine = 8;

    // I1  an object is in the hands of one user, in one slot of one thread, in one shared slot, or gone
    // I2  a shared slot is emptied and filled by compare-and-swap only: who emptied it has the object
    private readonly Func<T> _create;
    private readonly Func<T, bool>? _reset;
    private readonly RentalLedger<T>? _ledger;
    private readonly Shared[] _shared;
    private readonly bool _plain;                       // neither checks nor a reset
    private ThreadSlots _slots = ThreadSlots.None;      // none but in a plain pool, so that who finds one need not ask
    private ThreadSlots _resetSlots = ThreadSlots.None;

    /// <summary>Creates a pool with no objects in it.</summary>
    /// <param name="create">Makes an object when there is none to rent. What it throws reaches the caller of <see cref="Rent"/>.</param>
    /// <param name="options">How objects are kept and checked; the defaults without.</param>
    /// <exception cref="ArgumentNullException"><paramref name="create"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The capacity is below 1 or above 2³⁰.</exception>
    public ObjectPool(Func<T> create, ObjectPoolOptions<T>? options = null)
    {
        ArgumentNullException.ThrowIfNull(create);
        options ??= new ObjectPoolOptions<T>();
        (_create, _reset) = (create, options.Reset);
        _shared = Ring.Create<Shared>(options.Capacity);
        if (options.Checked) _ledger = new RentalLedger<T>();
        _plain = _ledger is null && _reset is null;
    }

    /// <summary>In a checked pool, where the objects that are out now were rented; empty otherwise.</summary>
    public IReadOnlyList<Rental> Outstanding => _ledger?.Outstanding ?? [];

    /// <summary>In a checked pool, where the objects were rented that were never returned and are lost for good; empty otherwise.</summary>
    /// <remarks>The garbage collector finds them, so that one lost just now shows only after a collection and its finalizers.</remarks>
    public IReadOnlyList<Rental> Leaked => _ledger?.Leaked ?? [];

    /// <summary>An idle object, or a new one where none is at hand. It is the caller's alone until it is returned.</summary>
    /// <param name="file">The calling file, filled in by the compiler.</param>
    /// <param name="line">The calling line, filled in by the compiler.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]      // a call would cost as much as what it does
    public T Rent([CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        // Safe because only objects of this pool lie in its slots.
        if (_slots.Take() is { } mine) return Unsafe.As<T>(mine);
        return RentShared(file, line);
    }

    /// <summary>Gives an object back; the caller must not use it any more.</summary>
    /// <param name="item">What <see cref="Rent"/> gave.</param>
    /// <param name="file">The calling file, filled in by the compiler.</param>
    /// <param name="line">The calling line, filled in by the compiler.</param>
    /// <exception cref="ArgumentNullException"><paramref name="item"/> is null.</exception>
    /// <exception cref="InvalidOperationException">In a checked pool: the object was returned before, or rented elsewhere.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Return(T item, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        if (!_slots.TryPutBack(item)) ReturnSlowly(item, file, line);
    }

    /// <summary>Rents an object for as long as a <c>using</c> lasts.</summary>
    /// <param name="file">The calling file, filled in by the compiler.</param>
    /// <param name="line">The calling line, filled in by the compiler.</param>
    public Lease<T> Lease([CallerFilePath] string file = "", [CallerLineNumber] int line = 0) => new(this, Rent(file, line), file, line);

    /// <summary>Throws when the caller has returned the object already, as a checked pool can tell; otherwise does nothing.</summary>
    /// <exception cref="InvalidOperationException">In a checked pool: the object is not rented.</exception>
    public void ThrowIfReturned(T item) => _ledger?.ThrowIfReturned(item);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private T RentShared(string file, int line)
    {
        if (_ledger is not null) return _ledger.Rent(_create(), new Rental(file, line));
        // Safe because only objects of this pool lie in its slots.
        if (Slots.TakeSlowly() is { } left) return Unsafe.As<T>(left);
        for (int i = 0, first = FirstSlot; i < _shared.Length; i++)
        {
            ref T? slot = ref Ring.Slot(_shared, first + i, _shared.Length - 1).Item;
            T? item = Volatile.Read(ref slot);
            if (item is not null && Interlocked.CompareExchange(ref slot, null, item) == item) return item;     // acquire ← [idle]
        }

        return _create();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void ReturnSlowly(T item, string file, int line)
    {
        ArgumentNullException.ThrowIfNull(item);        // here, because no slot has null
        _ledger?.Return(item, new Rental(file, line));
        if (_reset is not null && !_reset(item)) return;
        if (_ledger is null && !Slots.TryPut(item)) ReturnShared(item);
    }

    private void ReturnShared(T item)
    {
        for (int i = 0, first = FirstSlot; i < _shared.Length; i++)
        {
            ref T? slot = ref Ring.Slot(_shared, first + i, _shared.Length - 1).Item;
            if (Volatile.Read(ref slot) is null && Interlocked.CompareExchange(ref slot, item, null) is null) return;   // release → [idle]: what the user wrote
        }
    }

    private ref ThreadSlots Slots => ref _plain ? ref _slots : ref _resetSlots;

    // Threads begin at different cache lines, and go on to the others' only when their own helps no more.
    private static int FirstSlot => Environment.CurrentManagedThreadId * SlotsPerLine;

    // A struct, because an element of an array of references is checked for its type at every access.
    private struct Shared
    {
        public T? Item;
    }
}
