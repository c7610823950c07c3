using ConcurrencySpecs.Contracts.SharedMemory;
using ConcurrencySpecs.Testing.Xunit;

public sealed class The_process_event_under_contract : ConcurrentFacts<ProcessEventContract>;
