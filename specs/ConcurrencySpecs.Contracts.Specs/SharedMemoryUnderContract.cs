using ConcurrencySpecs.Contracts.Processes;
using ConcurrencySpecs.Contracts.SharedMemory;
using ConcurrencySpecs.Testing;
using ConcurrencySpecs.Testing.Engines;
using ConcurrencySpecs.Testing.Reports;
using ConcurrencySpecs.Testing.Xunit;

public sealed class The_process_event_under_contract : ConcurrentFacts<ProcessEventContract>;

public sealed class The_process_lock_under_contract : ConcurrentFacts<ProcessLockContract>;

public sealed class The_process_lock_cut_short_under_contract : ConcurrentFacts<ProcessLockCutShortContract>;

public sealed class The_process_condition_under_contract : ConcurrentFacts<ProcessConditionContract>;

public sealed class The_process_condition_cut_short_under_contract : ConcurrentFacts<ProcessConditionCutShortContract>;

public sealed class The_process_reader_writer_lock_under_contract : ConcurrentFacts<ProcessReaderWriterLockContract>;

public sealed class The_process_semaphore_under_contract : ConcurrentFacts<ProcessSemaphoreContract>;

public sealed class The_process_semaphore_cut_short_under_contract : ConcurrentFacts<ProcessSemaphoreCutShortContract>;

public sealed class The_process_barrier_under_contract : ConcurrentFacts<ProcessBarrierContract>;

public sealed class A_death_at_the_process_lock_under_contract : ConcurrentFacts<ProcessLockDeathContract>;

public sealed class A_death_at_the_process_condition_under_contract : ConcurrentFacts<ProcessConditionDeathContract>;

public sealed class A_lock_disposed_at_the_process_condition_under_contract : ConcurrentFacts<ProcessConditionClosedLockContract>;

public sealed class A_death_at_the_process_barrier_under_contract : ConcurrentFacts<ProcessBarrierDeathContract>;

public sealed class A_death_in_the_action_of_a_process_barrier_under_contract : ConcurrentFacts<ProcessBarrierActionDeathContract>;

public sealed class A_death_at_the_process_reader_writer_lock_under_contract : ConcurrentFacts<ProcessReaderWriterLockDeathContract>;

public sealed class A_death_at_the_process_semaphore_under_contract : ConcurrentFacts<ProcessSemaphoreDeathContract>;

public sealed class A_death_among_the_users_of_a_segment_under_contract : ConcurrentFacts<SegmentUsersDeathContract>;

public sealed class The_name_of_a_segment_under_contract
{
    [Fact]
    public void stays_until_its_owner_unlinks_it()
    {
        EngineReport report = Engine.Sequential.Run(typeof(Held), new RunOptions(Seeds.FromEnvironment()) { Budget = TimeSpan.FromSeconds(0.5) });
        Assert.True(report.Passed, report.Verdict);
    }

    private sealed class Held : SegmentNameContract
    {
        protected override SegmentName NewSubject() => new();
    }
}
