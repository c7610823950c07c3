using ConcurrencySpecs.Exploration.Scheduling;

namespace ConcurrencySpecs.Exploration.Explanation;

/// <summary>What an unfinished thread wanted to do when the execution ended, and who kept it from it.</summary>
internal sealed record WaitingStep(int Thread, Step Step, string? Object, ulong Holders, bool Admitted);
