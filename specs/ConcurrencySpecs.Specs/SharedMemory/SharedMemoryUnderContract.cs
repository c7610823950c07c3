using ConcurrencySpecs.Contracts.SharedMemory;
using ConcurrencySpecs.Testing.Xunit;

public sealed class The_process_event_under_contract : ConcurrentFacts<ProcessEventContract>;

public sealed class The_process_lock_under_contract : ConcurrentFacts<ProcessLockContract>;

public sealed class The_process_lock_cut_short_under_contract : ConcurrentFacts<ProcessLockCutShortContract>;
