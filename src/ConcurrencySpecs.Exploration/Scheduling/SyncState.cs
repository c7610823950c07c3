namespace ConcurrencySpecs.Exploration.Scheduling;

/// <summary>All that decides whether a synchronisation object admits a demand: a small number, and a set of threads as a mask of their numbers.</summary>
internal readonly record struct SyncState(long Value, ulong Threads = 0);
