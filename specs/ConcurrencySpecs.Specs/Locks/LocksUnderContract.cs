using ConcurrencySpecs.Contracts.Locks;
using ConcurrencySpecs.Testing.Xunit;

public sealed class The_futex_lock_under_contract : ConcurrentFacts<FutexLockContract>;

public sealed class The_futex_lock_cut_short_under_contract : ConcurrentFacts<FutexLockCutShortContract>;

public sealed class The_ticket_lock_under_contract : ConcurrentFacts<TicketLockContract>;

public sealed class The_mcs_lock_under_contract : ConcurrentFacts<McsLockContract>;

public sealed class The_mcs_lock_cut_short_under_contract : ConcurrentFacts<McsLockCutShortContract>;

public sealed class The_recursive_lock_under_contract : ConcurrentFacts<RecursiveLockContract>;
