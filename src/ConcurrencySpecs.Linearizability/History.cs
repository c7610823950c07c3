using System.Collections.Immutable;

namespace ConcurrencySpecs.Linearizability;

/// <summary>The calls of one run on one object, with the times at which they began and ended.</summary>
/// <remarks>Invariant: the calls of a lane follow one another; only the last of a lane can be pending.</remarks>
public sealed class History
{
    /// <summary>Takes the calls in any order.</summary>
    /// <exception cref="ArgumentException">A call ends before it begins, or two calls of one lane overlap.</exception>
    public History(IEnumerable<Call> calls)
    {
        ArgumentNullException.ThrowIfNull(calls);
        Calls = [.. calls.OrderBy(call => call.Invoked).ThenBy(call => call.Returned)];
        Lanes = [.. Calls.GroupBy(call => call.Thread).OrderBy(lane => lane.Key).Select(lane => lane.ToImmutableArray())];
        foreach (ImmutableArray<Call> lane in Lanes) RequireOneAfterAnother(lane);
    }

    /// <summary>All calls by the time at which they began.</summary>
    public ImmutableArray<Call> Calls { get; }

    /// <summary>The calls of each thread, threads in ascending order.</summary>
    public ImmutableArray<ImmutableArray<Call>> Lanes { get; }

    private static void RequireOneAfterAnother(ImmutableArray<Call> lane)
    {
        for (int i = 0; i < lane.Length; i++)
        {
            Call call = lane[i];
            if (call.Returned < call.Invoked)
                throw new ArgumentException($"{call} of thread {call.Thread} ends at {call.Returned}, before it begins at {call.Invoked}.");
            if (i + 1 == lane.Length) return;
            if (call.Status == CallStatus.Pending || call.Returned > lane[i + 1].Invoked)
                throw new ArgumentException(
                    $"Thread {call.Thread} began {lane[i + 1].Invocation} while its {call.Invocation} was under way; give overlapping calls lanes of their own.");
        }
    }
}
