using ConcurrencySpecs.Exploration.Scheduling;

namespace ConcurrencySpecs.Exploration;

/// <summary>Who chooses the schedules of a sampling: another tool's scheduler, or one strategy of the explorer's own instead of its portfolio.</summary>
/// <remarks>
/// <para>What may go next, what is a deadlock and what a failure means stay the explorer's: a schedule that a driver found is simplified, told and
/// replayed like any other, without the driver.</para>
/// <para>Other tools come in packages of their own: ConcurrencySpecs.Exploration.Coyote.</para>
/// </remarks>
public abstract class ScheduleDriver
{
    internal ScheduleDriver() { }

    /// <summary>What tables and verdicts call it.</summary>
    public abstract string Name { get; }

    /// <summary>A backend for one explorer, and the strategy of one search on it.</summary>
    internal abstract (Backend Backend, Strategy Strategy) Open(ulong seed);
}
