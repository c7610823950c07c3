namespace ConcurrencySpecs.Exploration;

/// <summary>Every schedule was asked for, and a bound ended the exploration before that. No schedule that ran has failed.</summary>
public sealed class ExplorationIncompleteException : Exception
{
    internal ExplorationIncompleteException(ExplorationResult result) : base(
        $"Not every schedule: {result.StoppedBy} ended the exploration after {result.Schedules:N0} schedules and {result.Steps:N0} steps. "
        + "None of them failed, but Explore.Every promises all. Explore a smaller case (fewer threads, fewer calls), raise the bound in ExplorationOptions "
        + $"({nameof(ExplorationOptions.Schedules)}, {nameof(ExplorationOptions.Time)}, {nameof(ExplorationOptions.Steps)}, {nameof(ExplorationOptions.Rounds)}, or "
        + $"{EnvironmentSettings.BudgetVariable}=10m for one run), ask Explore.Sample for what fits into a budget, "
        + $"or accept it by name: {nameof(ExplorationOptions)}.{nameof(ExplorationOptions.MayEndAtBound)}.") => Result = result;

    /// <summary>What the exploration saw until then.</summary>
    public ExplorationResult Result { get; }
}
