using System.ComponentModel;
using ConcurrencySpecs.Exploration.Scheduling;
using Real = System.Threading.PeriodicTimer;

namespace ConcurrencySpecs.Exploration.Twins;

/// <summary>Stands for <see cref="System.Threading.PeriodicTimer"/>: a tick is a wait that expires, disposal ends it.</summary>
[TwinOf(typeof(Real)), EditorBrowsable(EditorBrowsableState.Never)]
public sealed class PeriodicTimer : Gate, IDisposable
{
    private readonly Real _real;
    private bool _disposed;
    private bool _waiting;

    public PeriodicTimer(TimeSpan period) => _real = new Real(period);
    public PeriodicTimer(TimeSpan period, TimeProvider timeProvider) =>
        _real = Steps.Exploring && timeProvider is not null && VirtualTimeProvider.Is(timeProvider) ? new Real(period) : new Real(period, timeProvider!);

    private protected override long Opening => _disposed ? 1 : 0;
    internal override string Noun => "PeriodicTimer";

    public TimeSpan Period { get => _real.Period; set => _real.Period = value; }

    public ValueTask<bool> WaitForNextTickAsync(CancellationToken cancellationToken = default)
    {
        if (!Steps.Exploring) return _real.WaitForNextTickAsync(cancellationToken);
        Steps.Change(this);
        if (_waiting) throw new InvalidOperationException("WaitForNextTickAsync is already waiting: one consumer may wait at a time.");
        if (_disposed) return new(false);
        _waiting = true;
        return new(Promises.Waiter(() =>
        {
            try
            {
                using Cancellable wait = Await(StepKind.Wait, (int)Math.Min(int.MaxValue, Period.TotalMilliseconds), cancellationToken);
                wait.ThrowIfCalledAway();
                return !_disposed;
            }
            finally
            {
                _waiting = false;
            }
        }));
    }

    public void Dispose()
    {
        Steps.Change(this);
        _disposed = true;
        _real.Dispose();
    }
}
