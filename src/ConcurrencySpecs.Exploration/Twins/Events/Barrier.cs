using System.ComponentModel;
using ConcurrencySpecs.Exploration.Scheduling;
using Real = System.Threading.Barrier;

namespace ConcurrencySpecs.Exploration.Twins;

/// <summary>Stands for <see cref="System.Threading.Barrier"/>: the last to arrive runs the action and lets the others go.</summary>
[TwinOf(typeof(Real)), EditorBrowsable(EditorBrowsableState.Never)]
public class Barrier : Gate, IDisposable
{
    private const int Most = 32767;

    // I1  0 ≤ _arrived ≤ _participants, and _arrived < _participants unless the action runs
    private readonly Real _real;
    private readonly Action<Barrier>? _action;
    private int _participants, _arrived;
    private long _phase;
    private int _actor = -1;
    private Exception? _thrown;
    private bool _disposed;

    public Barrier(int participantCount) : this(participantCount, null) { }

    public Barrier(int participantCount, Action<Barrier>? postPhaseAction)
    {
        _real = new Real(participantCount, postPhaseAction is null ? null : _ => postPhaseAction(this));
        (_participants, _action) = (participantCount, postPhaseAction);
    }

    private protected override long Opening => _phase;
    internal override string Noun => "Barrier";

    // Demanded is the phase in which the waiter arrived.
    internal override bool Admits(in SyncState state, int thread, long demand) => state.Value > demand || (state.Threads >> thread & 1) != 0;

    public int ParticipantCount { get { Steps.Look(this); return Steps.Exploring ? _participants : _real.ParticipantCount; } }
    public int ParticipantsRemaining { get { Steps.Look(this); return Steps.Exploring ? _participants - _arrived : _real.ParticipantsRemaining; } }
    public long CurrentPhaseNumber { get { Steps.Look(this); return Steps.Exploring ? _phase : _real.CurrentPhaseNumber; } }

    public long AddParticipant() => AddParticipants(1);
    public void RemoveParticipant() => RemoveParticipants(1);

    public long AddParticipants(int participantCount)
    {
        if (!Steps.Exploring) return _real.AddParticipants(participantCount);
        Check(participantCount);
        Steps.Change(this);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(participantCount, Most - _participants);
        _participants += participantCount;
        return _phase;
    }

    public void RemoveParticipants(int participantCount)
    {
        if (!Steps.Exploring)
        {
            _real.RemoveParticipants(participantCount);
            return;
        }
        Check(participantCount);
        Steps.Change(this);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(participantCount, _participants);
        if (_participants - participantCount < _arrived)
            throw new InvalidOperationException("No more participants can be removed than have not arrived.");
        _participants -= participantCount;
        if (_arrived > 0 && _arrived == _participants) Finish();
    }

    public void SignalAndWait() => SignalAndWait(Timeout.Infinite, CancellationToken.None);
    public void SignalAndWait(CancellationToken cancellationToken) => SignalAndWait(Timeout.Infinite, cancellationToken);
    public bool SignalAndWait(TimeSpan timeout) => SignalAndWait(Timeouts.Milliseconds(timeout), CancellationToken.None);
    public bool SignalAndWait(TimeSpan timeout, CancellationToken cancellationToken) => SignalAndWait(Timeouts.Milliseconds(timeout), cancellationToken);
    public bool SignalAndWait(int millisecondsTimeout) => SignalAndWait(millisecondsTimeout, CancellationToken.None);

    public bool SignalAndWait(int millisecondsTimeout, CancellationToken cancellationToken)
    {
        if (!Steps.Exploring) return _real.SignalAndWait(millisecondsTimeout, cancellationToken);
        Timeouts.Check(millisecondsTimeout);
        Check(1);
        TaskStarts.Look(cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        Steps.Change(this, StepKind.Signal);
        if (_participants == 0) throw new InvalidOperationException("The barrier has no registered participants.");
        if (_arrived == _participants) throw new InvalidOperationException("More threads use the barrier than participants are registered.");
        long phase = _phase;
        if (++_arrived == _participants) Finish();
        else if (!Wait(phase, millisecondsTimeout, cancellationToken)) return false;
        if (_thrown is { } thrown) throw new BarrierPostPhaseException(thrown);
        return true;
    }

    public void Dispose()
    {
        if (_actor == Steps.Me && Steps.Exploring) Check(1);
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (!disposing) return;
        Steps.Change(this);
        _disposed = true;
        _real.Dispose();
    }

    // One whose time is up takes its arrival back, unless the phase has ended meanwhile.
    private bool Wait(long phase, int milliseconds, CancellationToken token)
    {
        using var wait = new Cancellable(this, token);
        Steps.Await(this, StepKind.Wait, milliseconds, phase);
        if (_phase > phase) return true;
        Steps.Change(this, StepKind.Reset);
        if (_phase > phase) return true;
        _arrived--;
        return wait.ThrowIfCalledAway();
    }

    private void Finish()
    {
        _thrown = null;
        if (_action is not null) Act(_action);
        _arrived = 0;
        _phase++;
    }

    private void Act(Action<Barrier> action)
    {
        _actor = Steps.Me;
        try
        {
            action(this);
        }
        catch (Exception thrown) when (thrown is not ExecutionAbortedException)
        {
            _thrown = thrown;
        }
        _actor = -1;
        Steps.Change(this, StepKind.Wake);
    }

    private void Check(int participants)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        ArgumentOutOfRangeException.ThrowIfLessThan(participants, 1);
        if (_actor == Steps.Me) throw new InvalidOperationException("This method may not be called from within the postPhaseAction.");
    }
}
