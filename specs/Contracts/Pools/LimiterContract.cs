using System.Collections.Concurrent;
using ConcurrencySpecs.Pools;
using ConcurrencySpecs.Testing;

namespace ConcurrencySpecs.Contracts.Pools;

/// <summary>A room with a number of places: what <see cref="LimiterContract"/> asks of a subject.</summary>
public interface IRoom
{
    /// <summary>Waits for a place; false when the time was up first.</summary>
    bool Enter(TimeSpan timeout, CancellationToken cancel);

    /// <summary>Gives one place back, if one that was taken is at hand.</summary>
    bool Leave();
}

/// <summary>What every limiter owes: no more are in than there are places; who can get in does, and a place that is left is somebody's.</summary>
public abstract class LimiterContract : ConcurrentSpec<IRoom, int>
{
    /// <summary>Small, so that programs of a few calls wait.</summary>
    protected const int Limit = 1;

    private static readonly TimeSpan _soon = TimeSpan.FromTicks(1);

    protected override int InitialState => 0;

    protected override IEnumerable<Operation<IRoom, int>> Operations => [Enter, TryEnter, Leave];

    protected static Operation<IRoom, int> Enter { get; } = Operation(
        "Enter", (room, cancel) => room.Enter(Timeout.InfiniteTimeSpan, cancel), inside => In(inside, Step.Waits));

    protected static Operation<IRoom, int> TryEnter { get; } = Operation(
        "TryEnter", room => room.Enter(TimeSpan.Zero, CancellationToken.None), inside => In(inside, (inside, false)));

    protected static Operation<IRoom, int> EnterSoon { get; } = Operation(
        "Enter within a tick", room => room.Enter(_soon, CancellationToken.None), inside => In(inside, (inside, false)));

    /// <summary>Who has got in may not have put its permit down yet, so that nobody else can return it.</summary>
    protected static Operation<IRoom, int> Leave { get; } = Operation<bool>(
        "Leave", room => room.Leave(), inside => inside == 0 ? (inside, false) : Step.OneOf((inside - 1, true), (inside, false)));

    /// <summary>The token is cancelled at any moment of the call.</summary>
    protected static Operation<IRoom, int> EnterCutShort { get; } = Operation<bool>(
        "Enter cut short", room => EnterOrCancel(room), inside => inside < Limit ? Step.OneOf((inside + 1, true), (inside, false)) : (inside, false));

    private static Step<int, bool> In(int inside, Step<int, bool> full) => inside < Limit ? (inside + 1, true) : full;

    private static bool EnterOrCancel(IRoom room)
    {
        using var source = new CancellationTokenSource();
        Task cancelling = Task.Run(source.Cancel);
        try
        {
            return room.Enter(Timeout.InfiniteTimeSpan, source.Token);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
        finally
        {
            cancelling.GetAwaiter().GetResult();
        }
    }
}

public sealed class AsyncLimiterContract : LimiterContract
{
    protected override IRoom NewSubject() => new LimitedRoom(Limit);
}

public sealed class AsyncLimiterCutShortContract : LimiterContract
{
    public override string Name => "AsyncLimiter (cut short)";

    protected override IEnumerable<Operation<IRoom, int>> Operations => [Enter, Leave, EnterSoon, EnterCutShort];

    protected override IRoom NewSubject() => new LimitedRoom(Limit);
}

/// <summary>The limiter itself, with the permits of those inside.</summary>
public sealed class LimitedRoom(int limit) : IRoom
{
    private readonly AsyncLimiter _limiter = new(limit);
    private readonly ConcurrentStack<Permit> _inside = new();

    public bool Enter(TimeSpan timeout, CancellationToken cancel)
    {
        if (_limiter.TryEnterAsync(timeout, cancel).AsTask().GetAwaiter().GetResult() is not { } permit) return false;
        _inside.Push(permit);
        return true;
    }

    public bool Leave()
    {
        if (!_inside.TryPop(out Permit permit)) return false;
        permit.Dispose();
        permit.Dispose();       // once more, to no effect
        return true;
    }
}
