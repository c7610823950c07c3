using ConcurrencySpecs.Contracts.Locks;
using ConcurrencySpecs.Testing.Xunit;

public sealed class The_futex_lock_under_contract : ConcurrentFacts<FutexLockContract>;

public sealed class The_futex_lock_cut_short_under_contract : ConcurrentFacts<FutexLockCutShortContract>;

public sealed class The_ticket_lock_under_contract : ConcurrentFacts<TicketLockContract>;

public sealed class The_ticket_lock_cut_short_under_contract : ConcurrentFacts<TicketLockCutShortContract>;

public sealed class The_mcs_lock_under_contract : ConcurrentFacts<McsLockContract>;

public sealed class The_mcs_lock_cut_short_under_contract : ConcurrentFacts<McsLockCutShortContract>;

public sealed class The_recursive_lock_under_contract : ConcurrentFacts<RecursiveLockContract>;

public sealed class The_counting_semaphore_under_contract : ConcurrentFacts<CountingSemaphoreContract>;

public sealed class The_manual_gate_under_contract : ConcurrentFacts<ManualGateContract>;

public sealed class The_auto_gate_under_contract : ConcurrentFacts<AutoGateContract>;

public sealed class The_countdown_latch_under_contract : ConcurrentFacts<CountdownLatchContract>;

public sealed class The_condition_variable_under_contract : ConcurrentFacts<ConditionVariableContract>;

public sealed class The_condition_variable_cut_short_under_contract : ConcurrentFacts<ConditionVariableCutShortContract>;

public sealed class The_cyclic_barrier_under_contract : ConcurrentFacts<CyclicBarrierContract>;

public sealed class The_seq_lock_under_contract : ConcurrentFacts<SeqLockContract>;

public sealed class The_phase_fair_reader_writer_lock_under_contract : ConcurrentFacts<PhaseFairReaderWriterLockContract>;

public sealed class The_phase_fair_reader_writer_lock_in_turn_under_contract : ConcurrentFacts<PhaseFairReaderWriterLockInTurnContract>;

public sealed class The_async_lock_under_contract : ConcurrentFacts<AsyncLockContract>;

public sealed class The_async_lock_cut_short_under_contract : ConcurrentFacts<AsyncLockCutShortContract>;

public sealed class The_async_reader_writer_lock_under_contract : ConcurrentFacts<AsyncReaderWriterLockContract>;
