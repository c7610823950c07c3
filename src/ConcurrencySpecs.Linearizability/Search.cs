using System.Collections.Immutable;

namespace ConcurrencySpecs.Linearizability;

/// <summary>One depth-first search for an order. A configuration is how far each lane has come, and the state.</summary>
internal sealed class Search<TState>(History history, Model<TState> model, long budget)
{
    // I1  _done[lane] calls of each lane have taken effect, in lane order
    // I2  _path holds exactly those calls in the order of their effects; each preceded nothing that is still to come
    private readonly ImmutableArray<ImmutableArray<Call>> _lanes = history.Lanes;
    private readonly int[] _done = new int[history.Lanes.Length];
    private readonly List<Call> _path = [];
    private readonly HashSet<Configuration> _seen = [];
    private readonly int _required = history.Calls.Count(call => call.Status != CallStatus.Pending);
    private int _requiredDone;
    private ImmutableArray<Call> _longest = [];
    private TState _stuckIn = model.Initial;

    private readonly record struct Choice(int Lane, TState State);

    public LinearizabilityVerdict Run()
    {
        var frames = new Stack<(TState State, Queue<Choice> Choices)>();
        if (Finished) return Yes();
        frames.Push((model.Initial, Choices(model.Initial)));
        while (frames.TryPeek(out var frame))
        {
            if (!frame.Choices.TryDequeue(out Choice choice))
            {
                frames.Pop();
                if (frames.Count > 0) Undo();
                continue;
            }

            Do(choice.Lane);
            if (Finished) return Yes();
            if (_seen.Count >= budget)
                return new(Answer.Undecided, _longest, $"undecided: {budget:N0} configurations were visited without an answer", _seen.Count);
            if (_seen.Add(new(_done, choice.State)))
            {
                Remember(choice.State);
                frames.Push((choice.State, Choices(choice.State)));
            }
            else
            {
                Undo();
            }
        }

        return new(Answer.NotLinearizable, _longest, WhyNot(), _seen.Count);
    }

    private LinearizabilityVerdict Yes() => new(Answer.Linearizable, [.. _path], "linearizable in the order given", _seen.Count);

    private bool Finished => _requiredDone == _required;

    /// <summary>The calls that may be next: no other call still to come had returned before they began.</summary>
    private IEnumerable<(int Lane, Call Call)> Candidates()
    {
        long firstReturn = long.MaxValue;
        for (int lane = 0; lane < _lanes.Length; lane++)
            if (Upcoming(lane) is { Status: not CallStatus.Pending } call) firstReturn = Math.Min(firstReturn, call.Returned);
        for (int lane = 0; lane < _lanes.Length; lane++)
            if (Upcoming(lane) is { } call && call.EffectFrom <= firstReturn) yield return (lane, call);
    }

    private Queue<Choice> Choices(TState state)
    {
        var choices = new Queue<Choice>();
        foreach (var (lane, call) in Candidates())
            foreach (TState next in model.After(state, call))
                choices.Enqueue(new(lane, next));
        return choices;
    }

    private Call? Upcoming(int lane) => _done[lane] < _lanes[lane].Length ? _lanes[lane][_done[lane]] : null;

    private void Do(int lane)
    {
        Call call = _lanes[lane][_done[lane]++];
        if (call.Status != CallStatus.Pending) _requiredDone++;
        _path.Add(call);
    }

    private void Undo()
    {
        Call call = _path[^1];
        _path.RemoveAt(_path.Count - 1);
        if (call.Status != CallStatus.Pending) _requiredDone--;
        for (int lane = 0; lane < _lanes.Length; lane++)
            if (_done[lane] > 0 && ReferenceEquals(_lanes[lane][_done[lane] - 1], call)) _done[lane]--;
    }

    private void Remember(TState state)
    {
        if (_path.Count <= _longest.Length) return;
        (_longest, _stuckIn) = ([.. _path], state);
    }

    /// <summary>In words: after the longest possible order, what the object was, and why none of the remaining calls fits.</summary>
    private string WhyNot()
    {
        Array.Clear(_done);
        foreach (Call call in _longest) _done[_lanes.IndexOf(_lanes.First(lane => lane[0].Thread == call.Thread))]++;
        string before = _longest.IsEmpty ? "at the start" : $"after {string.Join(", ", _longest)}";
        Call? stuck = Candidates().Select(candidate => candidate.Call).FirstOrDefault(call => call.Status != CallStatus.Pending);
        string clash = stuck switch
        {
            null => "no call that remains can be next",
            { Status: CallStatus.Blocked } => $"{stuck.Invocation} waits although it could go on",
            _ => $"{stuck} cannot be next" + (model.Expected(_stuckIn, stuck) is { } expected ? $": {expected}" : ""),
        };
        return $"{before} the state is {model.Describe(_stuckIn)}, and {clash}";
    }

    /// <summary>The calls done (as a number per lane) and the state they led to.</summary>
    private readonly struct Configuration : IEquatable<Configuration>
    {
        private readonly int[] _done;
        private readonly TState _state;
        private readonly int _hash;

        public Configuration(int[] done, TState state)
        {
            (_done, _state) = ((int[])done.Clone(), state);
            var hash = new HashCode();
            foreach (int count in done) hash.Add(count);
            hash.Add(state);
            _hash = hash.ToHashCode();
        }

        public bool Equals(Configuration other) =>
            _hash == other._hash && _done.AsSpan().SequenceEqual(other._done) && EqualityComparer<TState>.Default.Equals(_state, other._state);

        public override bool Equals(object? obj) => obj is Configuration other && Equals(other);

        public override int GetHashCode() => _hash;
    }
}
