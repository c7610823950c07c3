using ConcurrencySpecs.Contracts.SharedMemory;
using ConcurrencySpecs.Testing.Xunit;

public sealed class The_process_event_under_contract : ConcurrentFacts<ProcessEventContract>;

public sealed class The_process_lock_under_contract : ConcurrentFacts<ProcessLockContract>;

public sealed class The_process_lock_cut_short_under_contract : ConcurrentFacts<ProcessLockCutShortContract>;

public sealed class The_process_condition_under_contract : ConcurrentFacts<ProcessConditionContract>;

public sealed class The_process_condition_cut_short_under_contract : ConcurrentFacts<ProcessConditionCutShortContract>;

public sealed class The_process_reader_writer_lock_under_contract : ConcurrentFacts<ProcessReaderWriterLockContract>;

public sealed class The_process_barrier_under_contract : ConcurrentFacts<ProcessBarrierContract>;
