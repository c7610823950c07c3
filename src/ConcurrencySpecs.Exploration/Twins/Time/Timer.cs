using System.ComponentModel;
using ConcurrencySpecs.Exploration.Scheduling;
using Real = System.Threading.Timer;

namespace ConcurrencySpecs.Exploration.Twins;

/// <summary>Stands for <see cref="System.Threading.Timer"/>: each setting is a thread that sleeps on virtual time, then calls back.</summary>
/// <remarks>A periodic timer ticks <see cref="Ticks"/> times for each setting: an endless one would never let an execution end.</remarks>
[TwinOf(typeof(Real)), EditorBrowsable(EditorBrowsableState.Never)]
public sealed class Timer : MarshalByRefObject, ITimer
{
    private const int Ticks = 3;
    private const long Longest = 0xfffffffe;

    private readonly Atom _atom = Steps.Born(new Atom("Timer"));
    private readonly Real? _real;
    private readonly TimerCallback _callback;
    private readonly object? _state;
    private readonly ExecutionContext? _context = ExecutionContext.Capture();
    private readonly List<LogicalThread> _calling = [];     // the threads that are calling back
    private int _setting;
    private bool _disposed;

    public Timer(TimerCallback callback) : this(callback, null, Timeout.Infinite, Timeout.Infinite, 0) => _state = this;
    public Timer(TimerCallback callback, object? state, int dueTime, int period) : this(callback, state, (long)dueTime, period, 0) { }
    public Timer(TimerCallback callback, object? state, long dueTime, long period) : this(callback, state, dueTime, period, 0) { }
    public Timer(TimerCallback callback, object? state, uint dueTime, uint period) : this(callback, state, Long(dueTime), Long(period), 0) { }
    public Timer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        : this(callback, state, (long)dueTime.TotalMilliseconds, (long)period.TotalMilliseconds, 0) { }

    private Timer(TimerCallback callback, object? state, long dueTime, long period, int _)
    {
        ArgumentNullException.ThrowIfNull(callback);
        Check(dueTime, period);
        (_callback, _state) = (callback, state);
        if (Steps.Starting) Set(dueTime, period);
        else _real = new Real(_ => _callback(_state), null, dueTime, period);
    }

    public static long ActiveCount => Real.ActiveCount;

    public bool Change(int dueTime, int period) => Change((long)dueTime, period);
    public bool Change(uint dueTime, uint period) => Change(Long(dueTime), Long(period));
    public bool Change(TimeSpan dueTime, TimeSpan period) => Change((long)dueTime.TotalMilliseconds, (long)period.TotalMilliseconds);

    public bool Change(long dueTime, long period)
    {
        Check(dueTime, period);
        if (_real is not null) return _real.Change(dueTime, period);
        Steps.Change(_atom);
        if (_disposed) return false;
        Set(dueTime, period);
        return true;
    }

    public void Dispose()
    {
        if (_real is not null) _real.Dispose();
        else End();
    }

    /// <summary>Ends it, and signals the handle once no callback is under way; false, and no signal, if it has ended before.</summary>
    public bool Dispose(WaitHandle notifyObject)
    {
        ArgumentNullException.ThrowIfNull(notifyObject);
        if (_real is not null) return notifyObject.IsSignalledBy(_real.Dispose);
        if (!End()) return false;
        Afterwards(notifyObject.Signal);
        return true;
    }

    public ValueTask DisposeAsync()
    {
        if (_real is not null) return _real.DisposeAsync();
        End();
        if (_calling.Count == 0) return ValueTask.CompletedTask;
        var ended = new TaskCompletionSource();
        Afterwards(() =>
        {
            TaskState.Change(ended.Task, StepKind.Signal);
            ended.SetResult();
        });
        return new(ended.Task);
    }

    private bool End()
    {
        Steps.Change(_atom);
        _setting++;
        bool first = !_disposed;
        _disposed = true;
        return first;
    }

    private void Afterwards(Action then)
    {
        LogicalThread[] calling = [.. _calling];
        Steps.Go(() =>
        {
            foreach (LogicalThread thread in calling) Execution.Current!.Join(thread);
            then();
        }, "timer");
    }

    // A setting made later ends the threads of those before it.
    private void Set(long dueTime, long period)
    {
        int setting = ++_setting;
        _atom.Changed();
        if (dueTime == Timeout.Infinite) return;
        Steps.Go(() =>
        {
            long wait = dueTime;
            for (int tick = 0; tick < Ticks; tick++)
            {
                Execution.Current!.Sleep(wait);
                Steps.Look(_atom);
                if (_setting != setting) return;
                Call();
                if (period is Timeout.Infinite or 0) return;
                wait = period;
            }
        }, "timer", context: _context);
    }

    private void Call()
    {
        LogicalThread me = Execution.Current!.Running;
        _calling.Add(me);
        try
        {
            _callback(_state);
        }
        finally
        {
            _calling.Remove(me);
        }
    }

    private static long Long(uint milliseconds) => milliseconds == uint.MaxValue ? Timeout.Infinite : milliseconds;

    private static void Check(long dueTime, long period)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dueTime, Timeout.Infinite);
        ArgumentOutOfRangeException.ThrowIfLessThan(period, Timeout.Infinite);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(dueTime, Longest);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(period, Longest);
    }
}
