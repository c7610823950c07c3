using ConcurrencySpecs.Contracts.Signals;
using ConcurrencySpecs.Testing.Xunit;

public sealed class Signals_under_contract : ConcurrentFacts<SignalsContract>;

public sealed class Realtime_signals_under_contract : ConcurrentFacts<RealtimeSignalsContract>;
