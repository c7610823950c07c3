using ConcurrencySpecs.Contracts.Timeouts;
using ConcurrencySpecs.Testing.Xunit;

[Collection(nameof(Signals_of_the_process))]
public sealed class The_deadline_under_contract : ConcurrentFacts<DeadlineContract>;

[Collection(nameof(Signals_of_the_process))]
public sealed class The_restarted_deadline_under_contract : ConcurrentFacts<DeadlineRestartContract>;

[Collection(nameof(Signals_of_the_process))]
public sealed class Nested_deadlines_under_contract : ConcurrentFacts<DeadlineScopesContract>;

[Collection(nameof(Signals_of_the_process))]
public sealed class The_alarm_under_contract : ConcurrentFacts<AlarmContract>;
