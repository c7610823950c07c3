using ConcurrencySpecs.Exploration;

public sealed class Exploring_every_schedule
{
    [Fact]
    public void finds_the_seat_that_is_sold_twice()
    {
        var failed = Assert.Throws<ExplorationFailedException>(() => Explore.Every(() =>
        {
            var desk = new TicketDesk(seats: 1);
            Task<bool> first = Task.Run(desk.TrySell), second = Task.Run(desk.TrySell);
            Task.WaitAll(first, second);
            Assert.True(first.Result ^ second.Result);
        }));
        Assert.Contains("Assert.True", failed.StackTrace, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failed.Message);
        Assert.StartsWith("\n", failed.StackTrace, StringComparison.Ordinal);
    }

    [Fact]
    public void exhausts_code_that_is_correct()
    {
        ExplorationResult result = Explore.Every(() =>
        {
            var desk = new TicketDesk(seats: 1);
            Task<bool> first = Task.Run(desk.SellSafely), second = Task.Run(desk.SellSafely);
            Task.WaitAll(first, second);
            Assert.True(first.Result ^ second.Result);
        });
        Assert.True(result.Exhausted, result.ToString());
        Assert.True(result.Schedules >= 2);
        Assert.Null(result.StoppedBy);
    }

    [Fact]
    public void exhausts_code_that_awaits()
    {
        int seats = 1;
        ExplorationResult result = Explore.Every(async () =>
        {
            var desk = new TicketDesk(seats);
            Task<bool> first = Task.Run(async () => { await Task.Yield(); return desk.SellSafely(); });
            Task<bool> second = Task.Run(desk.SellSafely);
            Assert.True(await first ^ await second);
        });
        Assert.True(result.Exhausted, result.ToString());
    }

    [Fact]
    public void explores_threads()
    {
        var seen = new Tally<(bool, bool)>();
        ExplorationResult result = Explore.Every(() =>
        {
            var desk = new TicketDesk(1);
            bool first = false, second = false;
            var one = new Thread(() => first = desk.SellSafely());
            var other = new Thread(() => second = desk.SellSafely());
            one.Start();
            other.Start();
            one.Join();
            other.Join();
            seen.Add((first, second));
        });
        Assert.True(result.Exhausted, result.ToString());
        Assert.Equal([(false, true), (true, false)], seen.Values.Order());
    }

    [Fact]
    public void says_which_bound_stopped_it()
    {
        ExplorationResult result = Explore.Every(Racing, new ExplorationOptions { Schedules = 3 });
        Assert.False(result.Exhausted);
        Assert.Equal(3, result.Schedules);
        Assert.Contains("3 schedules", result.StoppedBy, StringComparison.Ordinal);
    }

    private static void Racing()
    {
        var desk = new TicketDesk(5);
        Task.WaitAll(Task.Run(desk.TrySell), Task.Run(desk.TrySell), Task.Run(desk.TrySell));
    }

    private sealed class TicketDesk(int seats)
    {
        private readonly Lock _gate = new();
        private int _left = seats;

        public bool TrySell()
        {
            if (_left == 0) return false;
            _left--;
            return true;
        }

        public bool SellSafely()
        {
            lock (_gate) return TrySell();
        }
    }
}
