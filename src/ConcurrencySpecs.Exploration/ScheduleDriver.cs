using ConcurrencySpecs.Exploration.Scheduling;

namespace ConcurrencySpecs.Exploration;

/// <summary>Another tool's scheduler, that chooses the schedules of a sampling in place of the explorer's own strategies.</summary>
/// <remarks>
/// <para>What may go next, what is a deadlock and what a failure means stay the explorer's: a schedule that a driver found is simplified, told and
/// replayed like any other, without the driver.</para>
/// <para>Drivers come in packages of their own: ConcurrencySpecs.Exploration.Coyote.</para>
/// </remarks>
public abstract class ScheduleDriver
{
    internal ScheduleDriver() { }

    /// <summary>What tables and verdicts call it.</summary>
    public abstract string Name { get; }

    internal abstract DrivingBackend Open();
}
