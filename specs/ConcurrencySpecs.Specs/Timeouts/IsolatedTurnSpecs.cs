using System.Diagnostics;
using ConcurrencySpecs.Exploration;
using ConcurrencySpecs.Timeouts;

/// <summary>The protocol of an isolated function in every interleaving, with threads in the place of its processes and virtual time.</summary>
public sealed class The_turn_of_an_isolated_call
{
    private static readonly ExplorationOptions _everything = new() { Races = true };

    [Fact]
    public void gives_the_result_of_the_argument_it_was_given_call_after_call()
    {
        ExplorationResult result = Explore.Every(() =>
        {
            var mail = new Mail();
            mail.Serve(calls: 2);
            Assert.Equal((CallEnd.Returned, 14), mail.Call(7, Endless));
            Assert.Equal((CallEnd.Returned, 16), mail.Call(8, Endless));
        }, _everything);
        Assert.True(result.Exhausted, result.ToString());
    }

    [Fact]
    public void ends_a_call_by_exactly_one_of_completion_and_expiry_and_the_next_one_runs_on_the_spare()
    {
        ExplorationResult result = Explore.Every(() =>
        {
            var mail = new Mail();
            var spare = new Mail();
            mail.Serve(calls: 1);
            spare.Serve(calls: 1);
            (CallEnd end, int answer) = mail.Call(7, Soon);
            bool completed = end == CallEnd.Returned;
            Assert.True(completed ? answer == 14 : end == CallEnd.Expired);
            if (completed) return;
            Assert.False(mail.IsReturned, "it expired, and returned as well");
            Assert.Equal((CallEnd.Returned, 16), spare.Call(8, Endless));       // never the late answer of the first
        }, _everything);
        Assert.True(result.Exhausted, result.ToString());
    }

    [Fact]
    public void ends_a_call_whose_worker_dies_at_whatever_step()
    {
        ExplorationResult result = Explore.Every(() =>
        {
            var mail = new Mail();
            mail.Serve(calls: 1);
            mail.Die();
            (CallEnd end, int answer) = mail.Call(7, Endless);
            Assert.True(end == CallEnd.Died || (end == CallEnd.Returned && answer == 14));
            Assert.Equal(CallEnd.Died, mail.Call(8, Endless).End);              // who died before or during it, and nobody waits for ever
        });
        Assert.True(result.Exhausted, result.ToString());
    }

    [Fact]
    public void is_found_out_when_expiry_does_not_ask_whether_the_call_has_returned()
    {
        var failed = Assert.Throws<ExplorationFailedException>(() => Explore.Every(() =>
        {
            var mail = new Mail();
            mail.Serve(calls: 1);
            mail.Hand(7);
            bool isLate = mail.IsCalled;                                        // it looks,
            if (isLate) mail.Expire();                                          // and decides in a second step
            Assert.False(isLate && mail.HasAnswered, "it expired, and returned as well");
        }));
        Assert.Contains("it expired, and returned as well", failed.Message, StringComparison.Ordinal);
    }

    private const long Soon = 50_000_000, Endless = long.MaxValue;

    /// <summary>The turn, and a letter of one number beside it.</summary>
    private sealed class Mail
    {
        private readonly int[] _turn = GC.AllocateArray<int>(1, pinned: true);  // the futex knows a word by its address
        private int _letter;

        public bool IsReturned => Volatile.Read(ref _turn[0]) == 3;

        public bool IsCalled => Volatile.Read(ref _turn[0]) == 2;

        public bool HasAnswered { get; private set; }

        public (CallEnd End, int Answer) Call(int argument, long limit)
        {
            IsolatedTurn.AwaitReady(ref _turn[0]);
            _letter = argument;
            CallEnd end = IsolatedTurn.Call(ref _turn[0], limit == Endless ? DeadlineClock.Never : Stopwatch.GetTimestamp() + limit);
            return (end, end == CallEnd.Returned ? _letter : 0);
        }

        public void Hand(int argument)
        {
            IsolatedTurn.AwaitReady(ref _turn[0]);
            _letter = argument;
            Volatile.Write(ref _turn[0], 2);
        }

        public void Expire() => Volatile.Write(ref _turn[0], 4);

        public void Serve(int calls) => new Thread(() =>
        {
            IsolatedTurn.Stand(ref _turn[0]);
            for (int i = 0; i < calls; i++)
            {
                IsolatedTurn.AwaitCall(ref _turn[0]);
                _letter *= 2;
                IsolatedTurn.Return(ref _turn[0]);
                HasAnswered |= IsReturned;
            }
        })
        { IsBackground = true }.Start();

        public void Die() => new Thread(() => IsolatedTurn.TellDeath(ref _turn[0])).Start();
    }
}
