using ConcurrencySpecs.Exploration;
using ConcurrencySpecs.SharedMemory;

/// <summary>Of the eventcount in shared memory: units that two processes give one by one, each waking one of those who wait.</summary>
public sealed class An_eventcount_between_processes
{
    [Fact]
    public void wakes_one_for_each_of_two_who_give_at_once() => Explore.Sample(() =>
    {
        var units = new Units();
        var first = new Thread(units.Take);
        var second = new Thread(units.Take);
        first.Start();
        second.Start();
        var giver = new Thread(units.Give);
        giver.Start();
        units.Give();
        giver.Join();
        first.Join();
        second.Join();
        Assert.Equal(0, units.Free);
    }, new ExplorationOptions { Schedules = 3_000 });

    private sealed class Units
    {
        private EventCountWords _waiting;
        private int _free;

        public int Free => Volatile.Read(ref _free);

        public void Give()
        {
            Interlocked.Increment(ref _free);
            SharedEventCount.Signal(ref _waiting, 1);
        }

        public void Take()
        {
            while (true)
            {
                int ticket = SharedEventCount.Prepare(ref _waiting);
                if (TryTake()) return;
                SharedEventCount.Sleep(ref _waiting, ticket, Timeout.InfiniteTimeSpan);
            }
        }

        private bool TryTake()
        {
            for (int free = Volatile.Read(ref _free); free > 0;)
            {
                int found = Interlocked.CompareExchange(ref _free, free - 1, free);
                if (found == free) return true;
                free = found;
            }

            return false;
        }
    }
}
