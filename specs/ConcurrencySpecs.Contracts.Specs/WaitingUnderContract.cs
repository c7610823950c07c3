using ConcurrencySpecs.Contracts.Waiting;
using ConcurrencySpecs.Testing.Xunit;

public sealed class The_eventcount_under_contract : ConcurrentFacts<EventCountContract>;

public sealed class The_eventcount_under_contract_by_async_calls : ConcurrentFacts<EventCountAsyncContract>;

public sealed class The_eventcount_cut_short_under_contract : ConcurrentFacts<EventCountCutShortContract>;
