using ConcurrencySpecs.Contracts.Timeouts;
using ConcurrencySpecs.Testing.Xunit;

public sealed class The_deadline_under_contract : ConcurrentFacts<DeadlineContract>;

public sealed class Nested_deadlines_under_contract : ConcurrentFacts<DeadlineScopesContract>;

public sealed class The_alarm_under_contract : ConcurrentFacts<AlarmContract>;
