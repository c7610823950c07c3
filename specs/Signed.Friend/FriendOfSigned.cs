namespace ConcurrencySpecs.Signed.Friend;

/// <summary>Programs that use what a strong-named assembly shows to its friends alone, and whose own assembly has a strong name.</summary>
public static class FriendOfSigned
{
    /// <summary>Two threads that each add one, in two steps.</summary>
    public static void AddsTwice()
    {
        var counter = new SignedCounter();
        Task.WaitAll(Task.Run(counter.Add), Task.Run(counter.Add));
        Require(counter.Count == 2);
    }

    /// <summary>The same in one step.</summary>
    public static void AddsTwiceAtOnce()
    {
        var counter = new SignedCounter();
        Task.WaitAll(Task.Run(counter.AddAtOnce), Task.Run(counter.AddAtOnce));
        Require(counter.Count == 2);
    }

    private static void Require(bool all)
    {
        if (!all) throw new InvalidOperationException("an addition got lost");
    }
}
