using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace ConcurrencySpecs.Pools;

/// <summary>Who has which object, for a checked pool. It keeps no object alive.</summary>
/// <remarks>An object is entered once, when it is rented, and marked once, when it is returned: a checked pool never gives it out again.</remarks>
internal sealed class RentalLedger<T> where T : class
{
    private readonly Lock _gate = new();
    private readonly ConditionalWeakTable<T, Entry> _entries = [];
    private readonly ConcurrentQueue<Rental> _leaked = new();

    public IReadOnlyList<Rental> Outstanding
    {
        get
        {
            lock (_gate) return [.. _entries.Where(pair => pair.Value.ReturnedAt is null).Select(pair => pair.Value.RentedAt)];
        }
    }

    public IReadOnlyList<Rental> Leaked => [.. _leaked];

    public T Rent(T item, Rental place)
    {
        lock (_gate)
        {
            if (_entries.TryGetValue(item, out Entry? earlier))
                throw new InvalidOperationException(
                    $"The function that makes {typeof(T).Name} for the pool gave one that was rented before, at {earlier.RentedAt}. "
                    + "It has to make a new one each time.");
            _entries.Add(item, new Entry(place, _leaked));
        }

        return item;
    }

    public void Return(T item, Rental place)
    {
        lock (_gate)
        {
            if (!_entries.TryGetValue(item, out Entry? entry))
                throw new InvalidOperationException(
                    $"The {typeof(T).Name} returned at {place} was not rented from this pool. Return an object to the pool that it came from.");
            if (entry.ReturnedAt is { } before)
                throw new InvalidOperationException(
                    $"The {typeof(T).Name} rented at {entry.RentedAt} was returned at {before} and again at {place}. "
                    + "Between the two somebody else may have had it. Return an object once.");
            entry.ReturnedAt = place;
        }
    }

    public void ThrowIfReturned(T item)
    {
        lock (_gate)
        {
            if (_entries.TryGetValue(item, out Entry? entry) && entry.ReturnedAt is { } place)
                throw new InvalidOperationException(
                    $"The {typeof(T).Name} rented at {entry.RentedAt} is used after its return at {place}. "
                    + "Somebody else may have it now. Use it before it is returned.");
        }
    }

    /// <summary>Lives exactly as long as its object. If it dies without a return, so has the object.</summary>
    private sealed class Entry(Rental rentedAt, ConcurrentQueue<Rental> leaked)
    {
        ~Entry()
        {
            if (ReturnedAt is null) leaked.Enqueue(rentedAt);
        }

        public Rental RentedAt => rentedAt;

        public Rental? ReturnedAt { get; set; }
    }
}
