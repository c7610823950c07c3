namespace ConcurrencySpecs.Pools;

/// <summary>How a <see cref="WorkerPool"/> is staffed and how much may wait for it. Immutable.</summary>
public sealed record WorkerPoolOptions
{
    /// <summary>How many threads are at work. Default: one per processor.</summary>
    public int Workers { get; init; } = Environment.ProcessorCount;

    /// <summary>The most threads, those included that stand in for workers which block. Default: 256, or four for each worker if that is more.</summary>
    public int? MostWorkers { get; init; }

    /// <summary>How many items from outside may wait to begin; who submits more waits for room. Null: any number. Items that a worker submits to its own
    /// pool are not counted: it would wait for itself. Default: null.</summary>
    public int? MaxPending { get; init; }

    /// <summary>What the threads are called, before their number.</summary>
    public string Name { get; init; } = "worker";

    /// <summary>How often a worker without work looks again before it sleeps; fewer looks make fewer steps for an explorer.</summary>
    internal int LooksBeforeRest { get; init; } = 30;
}
