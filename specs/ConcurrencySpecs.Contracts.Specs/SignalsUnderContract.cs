using ConcurrencySpecs.Contracts.Signals;
using ConcurrencySpecs.Testing.Xunit;

[Collection(nameof(Signals_of_the_process))]
public sealed class Signals_under_contract : ConcurrentFacts<SignalsContract>;

[Collection(nameof(Signals_of_the_process))]
public sealed class Realtime_signals_under_contract : ConcurrentFacts<RealtimeSignalsContract>;

/// <summary>A process has one set of signals: what uses them runs one after the other.</summary>
[CollectionDefinition(nameof(Signals_of_the_process))]
public sealed class Signals_of_the_process;
