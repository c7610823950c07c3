namespace ConcurrencySpecs.Locks;

/// <summary>What locks say to those who misuse them.</summary>
internal static class LockErrors
{
    public static SynchronizationLockException NotHeld(string action) => new(
        $"This thread does not hold the lock, so it cannot {action}. Only the thread that entered may, and once for each time: "
        + "pair the calls with `using (gate.EnterScope())`, and await nothing in between.");

    public static LockRecursionException Recursive() => new(
        "This thread holds the lock already and would wait for itself. Split the method that is called while holding it into an outer one that "
        + "enters and an inner one that does not, or use RecursiveLock.");
}
