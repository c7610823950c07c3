using System.ComponentModel;
using System.Numerics;
using ConcurrencySpecs.Exploration.Scheduling;

namespace ConcurrencySpecs.Exploration.Twins;

/// <summary>Stands for <see cref="System.Threading.ThreadLocal{T}"/>: a value per logical thread, gone with its execution.</summary>
[TwinOf(typeof(System.Threading.ThreadLocal<>)), EditorBrowsable(EditorBrowsableState.Never)]
public class ThreadLocal<T> : IDisposable
{
    private readonly Func<T>? _factory;
    private readonly bool _tracks;
    private readonly Atom _atom = Steps.Born(new Atom("ThreadLocal"));
    private readonly System.Threading.ThreadLocal<T> _real;
    private bool _disposed;

    public ThreadLocal() : this(null, false, 0) { }
    public ThreadLocal(bool trackAllValues) : this(null, trackAllValues, 0) { }
    public ThreadLocal(Func<T> valueFactory) : this(valueFactory ?? throw new ArgumentNullException(nameof(valueFactory)), false, 0) { }
    public ThreadLocal(Func<T> valueFactory, bool trackAllValues)
        : this(valueFactory ?? throw new ArgumentNullException(nameof(valueFactory)), trackAllValues, 0) { }

    private ThreadLocal(Func<T>? factory, bool tracks, int _)
    {
        (_factory, _tracks) = (factory, tracks);
        _real = factory is null ? new(tracks) : new(factory, tracks);
    }

    public bool IsValueCreated => Steps.Exploring ? Mine().ContainsKey(this) : _real.IsValueCreated;

    public T Value
    {
        get
        {
            if (!Steps.Exploring) return _real.Value!;
            if (Mine().TryGetValue(this, out object? value)) return (T)value!;
            T made = _factory is null ? default! : _factory();
            if (Mine().ContainsKey(this)) throw new InvalidOperationException("ValueFactory attempted to access the Value property of this instance.");
            return Value = made;
        }
        set
        {
            if (!Steps.Exploring)
            {
                _real.Value = value;
                return;
            }
            Dictionary<object, object?> mine = Mine();
            if (_tracks) Steps.Change(_atom);                   // others can see it only through Values
            mine[this] = value;
            if (_tracks) _atom.Changed();
        }
    }

    public IList<T> Values
    {
        get
        {
            if (!Steps.Exploring) return _real.Values;
            Mine();
            if (!_tracks) throw new InvalidOperationException("The ThreadLocal does not track values: construct it with trackAllValues.");
            Steps.Look(_atom);
            var values = new List<T>();
            for (ulong left = Execution.Current!.Live; left != 0; left &= left - 1)
            {
                ThreadState thread = ThreadState.Of(Execution.Current!.Thread(BitOperations.TrailingZeroCount(left)));
                if (thread.Locals.TryGetValue(this, out object? value)) values.Add((T)value!);
            }
            return values;
        }
    }

    public override string ToString() => Value!.ToString()!;

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    ~ThreadLocal() => Dispose(false);

    protected virtual void Dispose(bool disposing)
    {
        _disposed = true;
        if (disposing) _real.Dispose();
    }

    private Dictionary<object, object?> Mine()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return ThreadState.Mine.Locals;
    }
}
