namespace ConcurrencySpecs.Exploration.Scheduling;

/// <summary>How a step touches its resource. Two steps depend on each other when they touch the same resource and do not both read it.</summary>
internal enum Access : byte
{
    /// <summary>Touches nothing shared: the step commutes with every other.</summary>
    None,

    /// <summary>Leaves the resource as it is.</summary>
    Read,

    /// <summary>May change the resource.</summary>
    Write,
}
