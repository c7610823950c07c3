using ConcurrencySpecs.Timeouts;

/// <summary>How a clock whose wake-ups come late gets them in time.</summary>
public sealed class The_lead_of_wake_ups
{
    private const long Second = 1_000_000_000;
    private readonly WakeUpLead _lead = new();
    private long _now = Second;

    [Fact]
    public void is_nothing_before_a_wake_up_was_seen() => Assert.Equal(0, _lead.Ahead);

    [Fact]
    public void comes_to_how_late_wake_ups_are()
    {
        for (int i = 0; i < 40; i++) Woken(late: 80_000);
        Assert.InRange(_lead.Ahead, 79_000, 80_000);
    }

    [Fact]
    public void is_that_of_the_later_ones_where_they_differ()
    {
        for (int i = 0; i < 200; i++) Woken(late: i % 4 == 0 ? 120_000 : 40_000);
        Assert.InRange(_lead.Ahead, 60_000, 120_000);
    }

    [Fact]
    public void is_never_longer_than_its_bound()
    {
        for (int i = 0; i < 100; i++) Woken(late: 5 * WakeUpLead.Most);
        Assert.Equal(WakeUpLead.Most, _lead.Ahead);
    }

    [Fact]
    public void does_not_heed_a_thread_that_did_not_get_a_core_for_long_nor_a_wake_up_for_another_moment()
    {
        for (int i = 0; i < 40; i++) Woken(late: 80_000);
        Woken(late: Second);
        Woken(late: -Second);
        Assert.InRange(_lead.Ahead, 79_000, 80_000);
    }

    [Fact]
    public void takes_no_more_than_a_twentieth_of_the_time()
    {
        long spent = 0, start = _now;
        for (int i = 0; i < 10_000; i++)
        {
            _now += 300_000;
            _lead.Woke(_now, 100_000);
            long ahead = _lead.Ahead;
            spent += ahead;
            if (ahead > 0) _lead.Spent(ahead);
        }

        Assert.InRange(spent, (_now - start) / 25, ((_now - start) / 20) + (10 * WakeUpLead.Most));
    }

    private void Woken(long late)
    {
        _now += Second;
        _lead.Woke(_now, late);
    }
}
