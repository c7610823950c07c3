using System.ComponentModel;
using System.Globalization;
using ConcurrencySpecs.Exploration.Scheduling;
using Real = System.Threading.Thread;

namespace ConcurrencySpecs.Exploration.Twins;

/// <summary>Stands for <see cref="System.Threading.Thread"/>: started inside an exploration, it is a logical thread.</summary>
[TwinOf(typeof(Real)), EditorBrowsable(EditorBrowsableState.Never)]
public sealed partial class Thread
{
    [ThreadStatic] private static Thread? _current;

    private readonly Action<object?>? _body;
    private readonly bool _takesParameter;
    private Real? _real;
    private LogicalThread? _logical;
    private string? _name;
    private bool _background;
    private ThreadPriority _priority = ThreadPriority.Normal;

    public Thread(ThreadStart start) : this(start, 0) { }
    public Thread(ParameterizedThreadStart start) : this(start, 0) { }

    public Thread(ThreadStart start, int maxStackSize)
    {
        ArgumentNullException.ThrowIfNull(start);
        ArgumentOutOfRangeException.ThrowIfNegative(maxStackSize);
        _body = _ => start();
        if (!Steps.Starting) _real = new Real(parameter => Enter(parameter), maxStackSize);
    }

    public Thread(ParameterizedThreadStart start, int maxStackSize)
    {
        ArgumentNullException.ThrowIfNull(start);
        ArgumentOutOfRangeException.ThrowIfNegative(maxStackSize);
        _body = parameter => start(parameter);
        _takesParameter = true;
        if (!Steps.Starting) _real = new Real(parameter => Enter(parameter), maxStackSize);
    }

    private Thread(Real real) => _real = real;
    private Thread(LogicalThread logical) => (_logical, _background) = (logical, logical.Background);

    public static Thread CurrentThread
    {
        get
        {
            if (!Steps.Exploring) return _current is { } known && known._real == Real.CurrentThread ? known : _current = new Thread(Real.CurrentThread);
            Twins.ThreadState mine = Twins.ThreadState.Mine;
            return mine.Thread ??= new Thread(Execution.Current!.Running);
        }
    }

    public int ManagedThreadId => _real?.ManagedThreadId ?? (_logical is null ? int.MaxValue : _logical.Id + 1);
    public bool IsThreadPoolThread => _real?.IsThreadPoolThread ?? (_logical is not null && _body is null && _logical.Id != 0);

    public bool IsAlive
    {
        get
        {
            if (_real is not null) return _real.IsAlive;
            if (_logical is null) return false;
            Steps.Look(_logical);
            return !_logical.Finished;
        }
    }

    public System.Threading.ThreadState ThreadState
    {
        get
        {
            if (_real is not null) return _real.ThreadState;
            System.Threading.ThreadState background = _background ? System.Threading.ThreadState.Background : 0;
            if (_logical is null) return System.Threading.ThreadState.Unstarted | background;
            return IsAlive ? System.Threading.ThreadState.Running | background : System.Threading.ThreadState.Stopped;
        }
    }

    public bool IsBackground
    {
        get => _real?.IsBackground ?? _background;
        set
        {
            if (_real is not null) _real.IsBackground = value;
            _background = value;
            if (_logical is not null) _logical.Background = value;
        }
    }

    public string? Name
    {
        get => _real is not null ? _real.Name : _name;
        set
        {
            if (_real is not null) _real.Name = value;
            _name = value;
            if (_logical is not null) _logical.Name = value;
        }
    }

    public ThreadPriority Priority
    {
        get => _real?.Priority ?? _priority;
        set
        {
            if (_real is not null) _real.Priority = value;
            _priority = value;
        }
    }

    public void Start() => Begin(null, flow: true);
    public void UnsafeStart() => Begin(null, flow: false);

    public void Start(object? parameter) => Begin(Accept(parameter), flow: true);
    public void UnsafeStart(object? parameter) => Begin(Accept(parameter), flow: false);

    public void Join() => Join(Timeout.Infinite);
    public bool Join(TimeSpan timeout) => Join(Timeouts.Milliseconds(timeout));

    public bool Join(int millisecondsTimeout)
    {
        if (_real is not null) return _real.Join(millisecondsTimeout);
        Timeouts.Check(millisecondsTimeout);
        if (_logical is null) throw new ThreadStateException("Thread has not been started.");
        return Execution.Current!.JoinFor(_logical, millisecondsTimeout);
    }

    private object? Accept(object? parameter) =>
        _takesParameter ? parameter : throw new InvalidOperationException("The thread was created with a delegate that takes no parameter.");

    private void Begin(object? parameter, bool flow)
    {
        if (_real is not null)
        {
            if (flow) _real.Start(parameter);
            else _real.UnsafeStart(parameter);
            return;
        }
        if (_logical is not null) throw new ThreadStateException("Thread is running or terminated; it cannot restart.");
        _logical = Steps.Go(() => Enter(parameter), _name, _background, context: flow ? ExecutionContext.Capture() : null);
        Twins.ThreadState.Of(_logical).Thread = this;
    }

    private void Enter(object? parameter)
    {
        if (!Steps.Exploring) _current = this;
        _body!(parameter);
    }
}
