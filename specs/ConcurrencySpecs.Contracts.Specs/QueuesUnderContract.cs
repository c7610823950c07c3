using ConcurrencySpecs.Contracts.Queues;
using ConcurrencySpecs.Testing.Xunit;

public sealed class The_spsc_queue_under_contract : ConcurrentFacts<SpscQueueContract>;

public sealed class The_spsc_queue_in_batches_under_contract : ConcurrentFacts<SpscQueueBatchesContract>;

public sealed class The_spsc_queue_of_wide_items_under_contract : ConcurrentFacts<SpscQueueWideContract>;

public sealed class The_mpmc_queue_under_contract : ConcurrentFacts<MpmcQueueContract>;

public sealed class The_blocking_queue_under_contract : ConcurrentFacts<BlockingQueueContract>;

public sealed class The_blocking_queue_under_contract_by_async_calls : ConcurrentFacts<BlockingQueueAsyncContract>;

public sealed class The_blocking_queue_cut_short_under_contract : ConcurrentFacts<BlockingQueueCutShortContract>;

public sealed class The_blocking_queue_cut_short_under_contract_by_async_calls : ConcurrentFacts<BlockingQueueAsyncCutShortContract>;

public sealed class The_work_stealing_deque_under_contract : ConcurrentFacts<WorkStealingDequeContract>;
