using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;
using ConcurrencySpecs.Exploration.Scheduling;

namespace ConcurrencySpecs.Exploration.Twins;

/// <summary>Stands for <see cref="System.Lazy{T}"/>, which would hold a lock of the runtime's while the program's factory runs.</summary>
[TwinOf(typeof(System.Lazy<>)), EditorBrowsable(EditorBrowsableState.Never)]
public class Lazy<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] T>
{
    private readonly OwnedLock _lock = Steps.Born(new OwnedLock("Lazy"));
    private readonly Atom _made = Steps.Born(new Atom("Lazy"));
    private readonly System.Lazy<T> _outside;
    private readonly Func<T> _factory;
    private readonly bool _caches;
    private readonly LazyThreadSafetyMode _mode;
    private Func<T>? _answer;
    private bool _running, _threw;

    public Lazy() : this(null, LazyThreadSafetyMode.ExecutionAndPublication, 0) { }
    public Lazy(bool isThreadSafe) : this(null, Mode(isThreadSafe), 0) { }
    public Lazy(LazyThreadSafetyMode mode) : this(null, mode, 0) { }
    public Lazy(Func<T> valueFactory) : this(NotNull(valueFactory), LazyThreadSafetyMode.ExecutionAndPublication, 0) { }
    public Lazy(Func<T> valueFactory, bool isThreadSafe) : this(NotNull(valueFactory), Mode(isThreadSafe), 0) { }
    public Lazy(Func<T> valueFactory, LazyThreadSafetyMode mode) : this(NotNull(valueFactory), mode, 0) { }
    public Lazy(T value) : this(() => value, LazyThreadSafetyMode.ExecutionAndPublication, 0)
    {
        _answer = () => value;
        _outside = new System.Lazy<T>(value);
    }

    private Lazy(Func<T>? factory, LazyThreadSafetyMode mode, int _)
    {
        _outside = factory is null ? new System.Lazy<T>(mode) : new System.Lazy<T>(factory, mode);
        _factory = factory ?? Activator.CreateInstance<T>;
        _caches = factory is not null && mode != LazyThreadSafetyMode.PublicationOnly;
        _mode = mode;
    }

    public bool IsValueCreated
    {
        get
        {
            if (!Steps.Exploring) return _outside.IsValueCreated;
            Steps.Look(_made);
            return _answer is not null && !_threw;
        }
    }

    public T Value
    {
        get
        {
            if (!Steps.Exploring) return _outside.Value;
            Steps.Look(_made);
            if (_answer is { } known) return known();
            return _mode switch
            {
                LazyThreadSafetyMode.None => Make(),
                LazyThreadSafetyMode.PublicationOnly => Publish(_factory()),
                _ => MakeOnce(),
            };
        }
    }

    public override string? ToString() => IsValueCreated ? Value!.ToString() : "Value is not created.";

    private T MakeOnce()
    {
        _lock.TryEnter(Timeout.Infinite);
        try
        {
            return _answer is { } known ? known() : Make();
        }
        finally
        {
            _lock.Exit();
        }
    }

    private T Make()
    {
        if (_running) throw new InvalidOperationException("ValueFactory attempted to access the Value property of this instance.");
        _running = true;
        try
        {
            return Publish(_factory());
        }
        catch (Exception thrown) when (_caches && _answer is null && thrown is not ExecutionAbortedException)
        {
            ExceptionDispatchInfo again = ExceptionDispatchInfo.Capture(thrown);
            Steps.Change(_made);
            _threw = true;
            _answer = () =>
            {
                again.Throw();
                return default!;
            };
            throw;
        }
        finally
        {
            _running = false;
        }
    }

    private T Publish(T value)
    {
        Steps.Change(_made);
        _answer ??= () => value;
        _made.Changed();
        return _answer();
    }

    private static LazyThreadSafetyMode Mode(bool isThreadSafe) => isThreadSafe ? LazyThreadSafetyMode.ExecutionAndPublication : LazyThreadSafetyMode.None;
    private static Func<T> NotNull(Func<T> valueFactory) => valueFactory ?? throw new ArgumentNullException(nameof(valueFactory));
}
