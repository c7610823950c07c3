using System.ComponentModel;
using System.Timers;
using ConcurrencySpecs.Exploration.Scheduling;
using Real = System.Timers.Timer;

namespace ConcurrencySpecs.Exploration.Twins.Timers;

/// <summary>Stands for <see cref="System.Timers.Timer"/>, which is made of one of <see cref="System.Threading"/>'s; so is this, of its twin.</summary>
/// <remarks>As with the real one, what a handler throws is lost, and a handler may run after Stop, or beside itself.</remarks>
[TwinOf(typeof(Real)), EditorBrowsable(EditorBrowsableState.Never)]
public class Timer : Component, ISupportInitialize
{
    // I1  _ticking and _cookie are both there, or both not; a tick whose cookie is another one is too late
    private readonly Atom _atom = Steps.Born(new Atom("Timer"));
    private Twins.Timer? _ticking;
    private object? _cookie;
    private ElapsedEventHandler? _elapsed;
    private ISynchronizeInvoke? _synchronizing;
    private double _interval;
    private bool _enabled, _autoReset = true, _initialising, _enabledLater, _disposed;

    public Timer() => _interval = 100;

    public Timer(double interval)
    {
        using var real = new Real(interval);        // throws what the real one throws
        _interval = real.Interval;
    }

    public Timer(TimeSpan interval) : this(interval.TotalMilliseconds) { }

    public event ElapsedEventHandler Elapsed
    {
        add => Set(ref _elapsed, _elapsed + value);
        remove => Set(ref _elapsed, _elapsed - value);
    }

    public bool AutoReset
    {
        get => Get(ref _autoReset);
        set
        {
            Set(ref _autoReset, value);
            Go();
        }
    }

    public bool Enabled
    {
        get => Get(ref _enabled);
        set
        {
            Steps.Change(_atom);
            if (_initialising) _enabledLater = value;
            else if (_enabled != value) Enable(value);
            _atom.Changed();
        }
    }

    public double Interval
    {
        get => Get(ref _interval);
        set
        {
            using var real = new Real { Interval = value };
            Set(ref _interval, value);
            Go();
        }
    }

    public override ISite? Site
    {
        get => base.Site;
        set => base.Site = value;
    }

    public ISynchronizeInvoke? SynchronizingObject
    {
        get => Get(ref _synchronizing);
        set => Set(ref _synchronizing, value);
    }

    private int Period => (int)Math.Ceiling(_interval);

    public void Start() => Enabled = true;
    public void Stop() => Enabled = false;

    public void BeginInit()
    {
        Close();
        Set(ref _initialising, true);
    }

    public void EndInit()
    {
        Set(ref _initialising, false);
        Enabled = _enabledLater;
    }

    public void Close()
    {
        Steps.Change(_atom);
        (_initialising, _enabledLater) = (false, false);
        if (_enabled) Enable(false);
        End();
        _atom.Changed();
    }

    protected override void Dispose(bool disposing)
    {
        Close();
        _disposed = true;
        base.Dispose(disposing);
    }

    private void Enable(bool value)
    {
        _enabled = value;
        if (!value) End();
        else if (_ticking is not null) Go();
        else
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            _cookie = new object();
            _ticking = new Twins.Timer(Tick, _cookie, Period, _autoReset ? Period : Timeout.Infinite);
        }
    }

    private void Go() => _ticking?.Change(Period, _autoReset ? Period : Timeout.Infinite);

    private void End()
    {
        Twins.Timer? ticking = _ticking;
        (_ticking, _cookie) = (null, null);
        ticking?.Dispose();
    }

    private void Tick(object? cookie)
    {
        Steps.Change(_atom);
        if (cookie != _cookie) return;
        if (!_autoReset) _enabled = false;
        _atom.Changed();
        (ElapsedEventHandler? elapsed, ISynchronizeInvoke? synchronizing) = (_elapsed, _synchronizing);
        var now = new ElapsedEventArgs(DateTimeCalls.get_Now());
        try
        {
            if (elapsed is null) return;
            if (synchronizing is { InvokeRequired: true }) synchronizing.BeginInvoke(elapsed, [this, now]);
            else elapsed(this, now);
        }
        catch (Exception thrown) when (thrown is not ExecutionAbortedException)
        {
            // lost, as with the real one
        }
    }

    private T Get<T>(ref T field)
    {
        Steps.Look(_atom);
        return field;
    }

    private void Set<T>(ref T field, T value)
    {
        Steps.Change(_atom);
        field = value;
        _atom.Changed();
    }
}
