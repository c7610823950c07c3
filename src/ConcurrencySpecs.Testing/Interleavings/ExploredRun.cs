using ConcurrencySpecs.Exploration;
using ConcurrencySpecs.Linearizability;
using ConcurrencySpecs.Testing.Programs;
using ConcurrencySpecs.Testing.RealThreads;

namespace ConcurrencySpecs.Testing.Interleavings;

/// <summary>One program under the explorer: the body of a schedule, and the judgement of its history.</summary>
/// <remarks>One logical thread runs at a time and nothing here is rewritten code, so the recording needs no lock and is no step.</remarks>
internal sealed class ExploredRun(ConcurrentSpec spec, ParallelProgram program)
{
    private readonly List<Call> _calls = [];
    private readonly Command?[] _underWay = new Command?[program.Lanes.Length];
    private readonly long[] _begun = new long[program.Lanes.Length];
    private long _clock;

    /// <summary>The last history that was judged wrong, if one was.</summary>
    public RunResult? Failure { get; private set; }

    public void Body()
    {
        _calls.Clear();
        Array.Clear(_underWay);
        _clock = 0;
        object subject = spec.NewSubjectObject();
        TwinHost.Together([.. Enumerable.Range(0, program.Lanes.Length).Select(lane => (Action)(() => RunLane(subject, lane)))]);
        LookOnce(subject);
        TwinHost.Unobserved(() => Judge());
    }

    /// <summary>Nobody can go on: right when the model makes each of those who wait wait.</summary>
    public bool MayEndWaiting()
    {
        for (int lane = 0; lane < _underWay.Length; lane++)
        {
            if (_underWay[lane] is not { } command) continue;
            OperationShape shape = spec.Shapes[command.Operation];
            CallStatus status = shape.MayWait ? CallStatus.Blocked : CallStatus.Pending;
            _calls.Add(new(lane, shape.Name, command.Argument, null, _begun[lane], long.MaxValue, status));
        }

        RunResult? wrong = RunResult.Judge(spec, program, 1, new(_calls));
        Failure = wrong ?? Failure;
        return wrong is null && _calls.TrueForAll(call => call.Status != CallStatus.Pending);
    }

    private void RunLane(object subject, int lane)
    {
        foreach (Command command in program.Lanes[lane].Commands)
        {
            (_underWay[lane], _begun[lane]) = (command, _clock++);
            object? result = Invoke(() => spec.Invoke(subject, command.Operation, command.Argument, CancellationToken.None));
            _underWay[lane] = null;
            _calls.Add(new(lane, spec.Shapes[command.Operation].Name, command.Argument, result, _begun[lane], _clock++));
        }
    }

    private void LookOnce(object subject)
    {
        if (Invoke(() => spec.Observe(subject, Call.LastLook, _clock++)) is { } look)
            _calls.Add(look as Call ?? new(Call.LastLook, "the last look", null, look, _clock++, _clock++));
    }

    private static object? Invoke(Func<object?> call)
    {
        try
        {
            return call();
        }
        catch (Exception exception) when (!TwinHost.IsEnding(exception))
        {
            return Threw.From(exception);
        }
    }

    private void Judge()
    {
        if (RunResult.Judge(spec, program, 1, new(_calls)) is not { } wrong) return;
        Failure = wrong;
        throw new NotLinearizableException(wrong.Why!);
    }

    private sealed class NotLinearizableException(string why) : Exception(why);
}
