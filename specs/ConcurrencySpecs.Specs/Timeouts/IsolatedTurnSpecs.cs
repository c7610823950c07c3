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
        TestContext.Current.TestOutputHelper?.WriteLine($"{result}");
    }

    [Fact]
    public void ends_a_call_by_exactly_one_of_completion_and_expiry_and_the_next_one_runs_on_the_spare()
    {
        ExplorationResult result = Explore.Every(() =>
        {
            var mail = new Mail();
            var spare = new Mail();
            mail.Serve(calls: 1);
            (CallEnd end, int answer) = mail.Call(7, Soon);
            bool completed = end == CallEnd.Returned;
            Assert.True(completed ? answer == 14 : end == CallEnd.Expired);
            if (completed) return;
            mail.Win();
            spare.Serve(calls: 1);
            Assert.Equal((CallEnd.Returned, 16), spare.Call(8, Endless));       // never the late answer of the first
        }, _everything);
        Assert.True(result.Exhausted, result.ToString());
        TestContext.Current.TestOutputHelper?.WriteLine($"{result}");
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

    private const long Soon = 50_000_000, Endless = long.MaxValue;

    /// <summary>The turn, and a letter of one number beside it.</summary>
    private sealed class Mail
    {
        private readonly int[] _turn = GC.AllocateArray<int>(1, pinned: true);  // the futex knows a word by its address
        private int _letter;

        private int _winners;

        /// <summary>Called by the side that has won a call: the other one has not.</summary>
        public void Win() => Assert.True(Interlocked.Increment(ref _winners) == 1, "completion and expiry have both won");

        public (CallEnd End, int Answer) Call(int argument, long limit)
        {
            IsolatedTurn.AwaitReady(ref _turn[0]);
            _letter = argument;
            CallEnd end = IsolatedTurn.Call(ref _turn[0], limit == Endless ? DeadlineClock.Never : Stopwatch.GetTimestamp() + limit);
            return (end, end == CallEnd.Returned ? _letter : 0);
        }

        public void Serve(int calls) => new Thread(() =>
        {
            IsolatedTurn.Stand(ref _turn[0]);
            for (int i = 0; i < calls; i++)
            {
                IsolatedTurn.AwaitCall(ref _turn[0]);
                _letter *= 2;
                if (IsolatedTurn.Return(ref _turn[0]) && calls == 1) Win();
            }
        })
        { IsBackground = true }.Start();

        public void Die() => new Thread(() => IsolatedTurn.TellDeath(ref _turn[0])).Start();
    }
}
