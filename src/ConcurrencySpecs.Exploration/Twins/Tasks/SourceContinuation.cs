using System.Threading.Tasks.Sources;
using ConcurrencySpecs.Exploration.Scheduling;

namespace ConcurrencySpecs.Exploration.Twins;

/// <summary>What a value task source runs once it is completed, and where: on the spot, as a thread of the schedule, or in a context of the program's.</summary>
internal sealed class SourceContinuation
{
    private readonly Action<object?> _then;
    private readonly object? _state;
    private readonly ExecutionContext? _flow;
    private readonly SynchronizationContext? _context;
    private readonly TaskScheduler? _scheduler;
    private readonly int? _number;

    /// <param name="then">What was given to the source,</param>
    /// <param name="state">and its argument.</param>
    /// <param name="flags">Which contexts it is to run in.</param>
    /// <param name="apart">Whether it is to run as a thread of the schedule: it then goes on for the thread that awaits.</param>
    public SourceContinuation(Action<object?> then, object? state, ValueTaskSourceOnCompletedFlags flags, bool apart)
    {
        (_then, _state, _number) = (then, state, apart ? Execution.Current!.Reserve() : null);
        if (flags.HasFlag(ValueTaskSourceOnCompletedFlags.FlowExecutionContext)) _flow = ExecutionContext.Capture();
        if (!flags.HasFlag(ValueTaskSourceOnCompletedFlags.UseSchedulingContext)) return;
        if (SynchronizationContext.Current is { } context && context != LogicalContext.Instance && context.GetType() != typeof(SynchronizationContext))
            _context = context;
        else if (TaskScheduler.Current is var scheduler && scheduler != TaskScheduler.Default && scheduler != LogicalScheduler.Instance)
            _scheduler = scheduler;
    }

    /// <summary>Runs it: in the calling thread when <paramref name="inline"/> and no context of the program's wants it elsewhere.</summary>
    public void Start(bool inline)
    {
        if (_context is not null) _context.Post(static self => ((SourceContinuation)self!).Run(), this);
        else if (_scheduler is not null) TaskCalls.New(Run).Start(_scheduler);
        else if (inline) Run();
        else Steps.Go(Run, number: _number);
    }

    private void Run()
    {
        if (_flow is null) _then(_state);
        else ExecutionContext.Run(_flow, static self => ((SourceContinuation)self!).Then(), this);
    }

    private void Then() => _then(_state);
}
