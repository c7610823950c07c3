using ConcurrencySpecs.Testing;
using ConcurrencySpecs.Timeouts;

namespace ConcurrencySpecs.Contracts.Timeouts;

/// <summary>Work with a limit, and a clock that passes it.</summary>
public interface ILimited
{
    /// <summary>The work is done: whether it was in time.</summary>
    bool Complete();

    /// <summary>The limit passes.</summary>
    void Pass();

    /// <summary>Whether those who watch have been told of the expiry.</summary>
    bool IsTold { get; }
}

/// <summary>How work with a limit has ended.</summary>
public enum Ending
{
    None,
    InTime,
    Expired,
}

/// <summary>What a deadline owes: completion or expiry, exactly one of them, for everybody who asks; and nothing is told after completion.</summary>
public abstract class LimitedContract : ConcurrentSpec<ILimited, Ending>
{
    protected override Ending InitialState => Ending.None;

    protected override IEnumerable<Operation<ILimited, Ending>> Operations =>
    [
        Operation("Complete", work => work.Complete(), Complete).By("worker"),
        Operation("Complete too", work => work.Complete(), Complete).By("helper"),
        Operation("Pass", Pass, end => (end == Ending.None ? Ending.Expired : end, true)).By("clock"),
        Operation("IsTold", work => work.IsTold, end => (end, end == Ending.Expired)),
    ];

    private static Step<Ending, bool> Complete(Ending end) => end == Ending.None ? (Ending.InTime, true) : (end, end == Ending.InTime);

    private static bool Pass(ILimited work)
    {
        work.Pass();
        return true;
    }
}

public sealed class DeadlineContract : LimitedContract
{
    protected override ILimited NewSubject() => new Limited();

    private sealed class Limited : ILimited, IDisposable
    {
        private static readonly TimeSpan _limit = TimeSpan.FromSeconds(1);
        private readonly ManualClock _clock = new();
        private readonly Deadline _deadline;
        private readonly CancellationToken _token;

        public Limited()
        {
            _deadline = new Deadline(_limit, _clock);
            _token = _deadline.Token;
        }

        public bool IsTold => _token.IsCancellationRequested;

        public bool Complete() => _deadline.TryComplete();

        public void Pass() => _clock.Advance(_limit);

        public void Dispose() => _deadline.Dispose();
    }
}
