using ConcurrencySpecs.Timeouts;

/// <summary>How a clock's wake-ups are asked for, on a clock that a spec moves and whose wake-ups come ahead of the moment.</summary>
public sealed class The_wake_ups_of_a_clock
{
    private const long Far = 5_000_000;

    [Fact]
    public void are_set_for_the_moment_after_the_next_one_before_that_has_come()
    {
        var clock = new Moved();
        clock.Arm(new Entry(clock), Far / 2);
        clock.Arm(new Entry(clock), Far / 4);
        Assert.Equal((Far / 4) - Moved.Ahead, clock.Asked);
        clock.Wake(ahead: () => Assert.Equal((Far / 2) - Moved.Ahead, clock.Asked));
        Assert.Equal((1, 3), (clock.Come, clock.Requests));           // two for arming, and no more than one for what came
    }

    [Fact]
    public void leave_out_no_entry_whatever_is_armed_and_disarmed_meanwhile() => Spec.ForAll<int>(seed =>
    {
        var random = new Random(seed);
        var clock = new Moved();
        List<Entry> entries = [.. Enumerable.Range(0, 6).Select(_ => new Entry(clock))];
        for (int i = 0; i < 100; i++)
        {
            Change();
            if (random.Next(2) == 0) clock.Wake(Change, Change);
            Assert.All(entries, entry => Assert.True(entry.Place == 0 || clock.Asked <= entry.Due, $"No wake-up is set for {entry.Due}."));
        }

        while (clock.Asked != DeadlineClock.Never) clock.Wake();
        Assert.All(entries, entry => Assert.Equal(0, entry.Place));

        void Change()
        {
            Entry one = entries[random.Next(entries.Count)];
            if (random.Next(3) == 0) clock.Disarm(one);
            else clock.Arm(one, clock.Now + random.NextInt64(random.Next(2) == 0 ? Moved.Ahead * 2 : Far));
        }
    });

    private sealed class Entry(Moved clock) : DeadlineEntry
    {
        public override void Come()
        {
            Assert.True(Due <= clock.Now, "It came early.");
            clock.Come++;
        }
    }

    /// <summary>A clock that a thread wakes ahead of time.</summary>
    private sealed class Moved : DeadlineClock
    {
        public const long Ahead = 100_000;
        private const long Longest = Far / 2;      // as timers have it that count in few bits
        private long _now;

        public override long Now => _now;

        public long Asked { get; private set; } = Never;

        public int Requests { get; private set; }

        public int Come { get; set; }

        /// <summary>The wake-up comes, and the thread looks twice; before each time others may go on.</summary>
        public void Wake(Action? woken = null, Action? ahead = null)
        {
            if (Asked == Never) return;
            (_now, Asked) = (Math.Max(_now, Asked), Never);
            woken?.Invoke();
            long moment = Approach(Ahead);
            ahead?.Invoke();
            _now = Math.Max(_now, moment);
            Ring();
        }

        protected override void WakeAt(long due) => (Asked, Requests) = (Math.Min(due - Ahead, _now + Longest), Requests + 1);
    }
}
