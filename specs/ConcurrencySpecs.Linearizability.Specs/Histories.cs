using ConcurrencySpecs.Linearizability;

/// <summary>Histories by hand: each call in a lane of its own unless it says otherwise.</summary>
internal static class Histories
{
    public static History Of(params Call[] calls) => new(calls.Select((call, lane) => call with { Thread = lane }));

    public static Call Enq(int item, long from, long to) => new(0, "enq", item, null, from, to);

    public static Call Deq(object result, long from, long to) => new(0, "deq", null, result, from, to);

    public static Call Op(string name, object? argument, object? result, long from, long to) => new(0, name, argument, result, from, to);

    public static Call Pending(string name, object? argument, long from) => new(0, name, argument, null, from, long.MaxValue, CallStatus.Pending);

    public static Call Blocked(string name, object? argument, long from, long withdrawn = long.MaxValue) =>
        new(0, name, argument, null, from, withdrawn, CallStatus.Blocked);
}
