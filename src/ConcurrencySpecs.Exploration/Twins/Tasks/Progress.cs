using System.ComponentModel;

namespace ConcurrencySpecs.Exploration.Twins;

/// <summary>Stands for <see cref="System.Progress{T}"/>: each report is told in a logical thread of its own, or where the program's own context sends it.</summary>
/// <remarks>As with the real one, reports may be told in any order, and after the work that made them has ended.</remarks>
[TwinOf(typeof(System.Progress<>)), EditorBrowsable(EditorBrowsableState.Never)]
public class Progress<T> : IProgress<T>
{
    private readonly Atom _atom = Steps.Born(new Atom("Progress"));
    private readonly SynchronizationContext? _context = SynchronizationContextCalls.get_Current();
    private readonly Action<T>? _handler;
    private EventHandler<T>? _changed;

    public Progress() { }

    public Progress(Action<T> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        _handler = handler;
    }

    public event EventHandler<T>? ProgressChanged
    {
        add
        {
            Steps.Change(_atom);
            _changed += value;
            _atom.Changed();
        }
        remove
        {
            Steps.Change(_atom);
            _changed -= value;
            _atom.Changed();
        }
    }

    protected virtual void OnReport(T value)
    {
        Steps.Look(_atom);
        if (_handler is null && _changed is null) return;
        if (_context is not null) _context.Post(_ => Tell(value), null);
        else ThreadPool.QueueUserWorkItem(_ => Tell(value));
    }

    void IProgress<T>.Report(T value) => OnReport(value);

    private void Tell(T value)
    {
        Steps.Look(_atom);
        EventHandler<T>? changed = _changed;
        _handler?.Invoke(value);
        changed?.Invoke(this, value);
    }
}
