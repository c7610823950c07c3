using ConcurrencySpecs.Testing;
using ConcurrencySpecs.Timeouts;
using FsCheck.Fluent;

namespace ConcurrencySpecs.Contracts.Timeouts;

/// <summary>Work with a long limit, whose first and shorter start is over; its clock is about to come for that one's moment, a second from now.</summary>
public interface IRestartedOnce
{
    /// <summary>Completes the work and starts it anew with so many seconds; once, and without effect afterwards.</summary>
    bool Restart(int seconds);

    /// <summary>A second passes; whether those who watch have been told of the expiry by then.</summary>
    bool Pass();
}

/// <summary>The seconds that have passed, when the limit is over, and whether there was a restart.</summary>
public sealed record RestartState(int Now, int Due, bool WasRestarted);

/// <summary>What a deadline owes that is restarted as its old moment comes: it expires when the new limit is over, neither before nor later.</summary>
public abstract class RestartedOnceContract : ConcurrentSpec<IRestartedOnce, RestartState>
{
    protected const int FirstLimit = 1, LongLimit = 100;

    protected override RestartState InitialState => new(0, LongLimit, false);

    protected override IEnumerable<Operation<IRestartedOnce, RestartState>> Operations =>
    [
        Operation("Restart", Gen.Choose(1, 2), (work, seconds) => work.Restart(seconds), (state, seconds) =>
            state.WasRestarted ? (state, false) : (state with { Due = state.Now + seconds, WasRestarted = true }, true)).By("worker"),
        Operation("Pass", work => work.Pass(), state => (state with { Now = state.Now + 1 }, state.Now + 1 >= state.Due)).By("clock"),
    ];
}

public sealed class DeadlineRestartContract : RestartedOnceContract
{
    public override string Name => "Deadline (restarted)";

    protected override IRestartedOnce NewSubject() => new Restarted();

    private sealed class Restarted : IRestartedOnce, IDisposable
    {
        private readonly ManualClock _clock = new();
        private readonly Deadline _deadline;
        private readonly CancellationToken _token;
        private bool _wasRestarted;

        public Restarted()
        {
            _deadline = new Deadline(TimeSpan.FromSeconds(FirstLimit), _clock);
            _token = _deadline.Token;
            if (!_deadline.TryComplete() || !_deadline.TryRestart(TimeSpan.FromSeconds(LongLimit))) throw new InvalidOperationException("It expired.");
        }

        public bool Restart(int seconds)
        {
            if (_wasRestarted) return false;
            _wasRestarted = true;
            return _deadline.TryComplete() && _deadline.TryRestart(TimeSpan.FromSeconds(seconds));
        }

        public bool Pass()
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            return _token.IsCancellationRequested;
        }

        public void Dispose() => _deadline.Dispose();
    }
}
