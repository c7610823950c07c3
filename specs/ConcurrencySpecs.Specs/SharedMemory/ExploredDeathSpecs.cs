using ConcurrencySpecs.Contracts.Processes;
using ConcurrencySpecs.Contracts.SharedMemory;
using ConcurrencySpecs.Exploration;
using ConcurrencySpecs.Testing.Xunit;

/// <summary>Every moment of death of one process: systematically with few preemptions, and beside them schedules of all kinds.</summary>
public sealed class What_the_dead_leave
{
    private static readonly ExplorationOptions _bounds =
        ExplorationOptions.Default with { Preemptions = 2, Schedules = 60, MayEndAtBound = true, Time = TimeSpan.FromSeconds(5) };

    private static readonly ExplorationOptions _sample = ExplorationOptions.Default with { Schedules = 60 };

    [Fact]
    public void of_a_lock_is_repaired_once() => Everywhere<ProcessLockDeathContract>();

    [Fact]
    public void of_a_condition_is_a_notification_for_the_living() => Everywhere<ProcessConditionDeathContract>();

    [Fact]
    public void of_a_condition_whose_lock_they_have_disposed_is_a_notification_for_the_living() => Everywhere<ProcessConditionClosedLockContract>();

    [Fact]
    public void of_a_barrier_is_broken_for_all() => Everywhere<ProcessBarrierDeathContract>();

    [Fact]
    public void of_a_barrier_with_an_action_is_broken_for_all() => Everywhere<ProcessBarrierActionDeathContract>();

    [Fact]
    public void of_a_lock_for_readers_and_writers_is_recovered() => Everywhere<ProcessReaderWriterLockDeathContract>();

    [Fact]
    public void of_a_semaphore_is_a_unit_for_the_living() => Everywhere<ProcessSemaphoreDeathContract>();

    [Fact]
    public void of_a_table_of_users_is_a_free_place() => Everywhere<SegmentUsersDeathContract>();

    private static void Everywhere<TContract>() where TContract : DeathContract, new()
    {
        int most = new TContract().MostSteps;
        long schedules = 0;
        for (int steps = 0; steps <= most; steps++)
        {
            int at = steps;
            schedules += Explore.Every(() => Assert.Equal(Estate.InOrder, new TContract().NewEstate().Outlive(at)), _bounds).Schedules;
            schedules += Explore.Sample(() => Assert.Equal(Estate.InOrder, new TContract().NewEstate().Outlive(at)), _sample).Schedules;
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{schedules:N0} schedules, deaths after 0 to {most} steps");
    }
}
