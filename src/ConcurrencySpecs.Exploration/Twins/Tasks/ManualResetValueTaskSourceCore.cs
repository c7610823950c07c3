using System.ComponentModel;
using System.Threading.Tasks.Sources;
using ConcurrencySpecs.Exploration.Scheduling;

namespace ConcurrencySpecs.Exploration.Twins;

/// <summary>Stands for <see cref="System.Threading.Tasks.Sources.ManualResetValueTaskSourceCore{TResult}"/>, which would post to the thread pool.</summary>
/// <remarks>
/// Completing, resetting and adding the continuation are changes of the source; status, version and result are looks. The continuation runs inside
/// the call that completes the source, as where there is no context, or as a thread of the schedule: when asked to run asynchronously, or when it
/// comes to a source that is completed.
/// </remarks>
[TwinOf(typeof(System.Threading.Tasks.Sources.ManualResetValueTaskSourceCore<>)), EditorBrowsable(EditorBrowsableState.Never)]
public struct ManualResetValueTaskSourceCore<TResult>
{
    // I1  the real core inside an exploration has no context and never runs continuations asynchronously: where they run is decided here
    private System.Threading.Tasks.Sources.ManualResetValueTaskSourceCore<TResult> _real;
    private Atom? _atom;
    private bool _asynchronously;

    public bool RunContinuationsAsynchronously
    {
        readonly get => _asynchronously;
        set => _asynchronously = value;
    }

    public short Version
    {
        get
        {
            if (Steps.Exploring) Steps.Look(Atom);
            return _real.Version;
        }
    }

    private Atom Atom => _atom ??= new Atom("ManualResetValueTaskSourceCore");

    public void Reset()
    {
        if (Steps.Exploring) Steps.Change(Atom, StepKind.Reset);
        Atom.Changed();
        _real.Reset();
    }

    public void SetResult(TResult result)
    {
        Completing();
        _real.SetResult(result);
    }

    public void SetException(Exception error)
    {
        Completing();
        _real.SetException(error);
    }

    public ValueTaskSourceStatus GetStatus(short token)
    {
        if (Steps.Exploring) Steps.Look(Atom);
        return Steps.Told(_real.GetStatus(token));
    }

    public TResult GetResult(short token)
    {
        if (Steps.Exploring) Steps.Look(Atom);
        return Steps.Told(_real.GetResult(token));
    }

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
    {
        if (!Steps.Exploring || continuation is null)
        {
            _real.RunContinuationsAsynchronously = _asynchronously;
            _real.OnCompleted(continuation!, state, token, flags);
            return;
        }
        Steps.Change(Atom);
        bool asynchronously = _asynchronously;
        var then = new SourceContinuation(continuation, state, flags, asynchronously);
        if (_real.GetStatus(token) != ValueTaskSourceStatus.Pending) then.Start(inline: false);
        else _real.OnCompleted(_ => then.Start(!asynchronously), null, token, ValueTaskSourceOnCompletedFlags.None);
    }

    private void Completing()
    {
        if (!Steps.Exploring)
        {
            _real.RunContinuationsAsynchronously = _asynchronously;
            return;
        }
        LogicalContext.Install();
        Steps.Change(Atom, StepKind.Signal);
        Atom.Changed();
    }
}
