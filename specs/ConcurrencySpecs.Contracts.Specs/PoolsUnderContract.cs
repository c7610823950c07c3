using ConcurrencySpecs.Contracts.Pools;
using ConcurrencySpecs.Testing.Xunit;

public sealed class The_object_pool_under_contract : ConcurrentFacts<ObjectPoolContract>;

public sealed class The_checked_object_pool_under_contract : ConcurrentFacts<ObjectPoolCheckedContract>;

public sealed class The_async_limiter_under_contract : ConcurrentFacts<AsyncLimiterContract>;

public sealed class The_async_limiter_cut_short_under_contract : ConcurrentFacts<AsyncLimiterCutShortContract>;

public sealed class The_worker_pool_under_contract : ConcurrentFacts<WorkerPoolContract>;

public sealed class The_worker_pool_of_one_under_contract : ConcurrentFacts<WorkerPoolOfOneContract>;

public sealed class The_worker_pool_of_one_caller_under_contract : ConcurrentFacts<WorkerPoolOfOneCallerContract>;
