using ConcurrencySpecs.Linearizability;

/// <summary>An unbounded queue: enq(x), deq → x or "empty", peek → x or "empty".</summary>
internal sealed class QueueModel(int capacity = int.MaxValue) : Model<Sequence<int>>
{
    public const string Empty = "empty", Full = "full";

    public override Sequence<int> Initial => Sequence<int>.Empty;

    public override IReadOnlyList<Sequence<int>> Next(Sequence<int> state, Call call)
    {
        var (result, next) = (call.Operation, state.Count) switch
        {
            ("enq", var count) when count == capacity => (Full, state),
            ("enq", _) => ((object?)null, state.Add((int)call.Argument!)),
            (_, 0) => (Empty, state),
            ("deq", _) => (state[0], state.RemoveFirst()),
            ("peek", _) => (state[0], state),
            _ => throw new ArgumentException($"a queue has no {call.Operation}"),
        };
        return call.Status != CallStatus.Completed || Equals(result, call.Result) ? [next] : [];
    }
}

/// <summary>A stack: push(x), pop → x or "empty".</summary>
internal sealed class StackModel : Model<Sequence<int>>
{
    public override Sequence<int> Initial => Sequence<int>.Empty;

    public override IReadOnlyList<Sequence<int>> Next(Sequence<int> state, Call call)
    {
        if (call.Operation == "push") return [state.Add((int)call.Argument!)];
        var (result, next) = state.Count == 0 ? ((object)QueueModel.Empty, state) : (state[^1], state.RemoveLast());
        return call.Status != CallStatus.Completed || result.Equals(call.Result) ? [next] : [];
    }
}

/// <summary>A lock: lock waits while it is held, try says whether it took it, unlock frees it.</summary>
internal sealed class LockModel : Model<bool>
{
    public override bool Initial => false;

    public override IReadOnlyList<bool> Next(bool held, Call call) => call.Operation switch
    {
        "lock" => held ? [] : [true],
        "try" => call.Status != CallStatus.Completed || Equals(call.Result, !held) ? [true] : [],
        _ => [false],
    };
}

/// <summary>A register: write(x), read → x, cas((from, to)) → whether it changed.</summary>
internal sealed class RegisterModel : Model<int>
{
    public override int Initial => 0;

    public override IReadOnlyList<int> Next(int value, Call call)
    {
        var (result, next) = (call.Operation, call.Argument) switch
        {
            ("write", int written) => ((object?)null, written),
            ("cas", (int from, int to)) => (value == from, value == from ? to : value),
            _ => (value, value),
        };
        return call.Status != CallStatus.Completed || Equals(result, call.Result) ? [next] : [];
    }
}
