using ConcurrencySpecs.Exploration.Scheduling;

/// <summary>Starts bodies as threads of the exploration at hand and waits for them, with no twin in between.</summary>
internal static class Together
{
    public static void Run(params Action[] bodies)
    {
        Execution execution = Execution.Current ?? throw new InvalidOperationException("Together.Run belongs inside an exploration.");
        LogicalThread[] threads = [.. bodies.Select(body => execution.Spawn(body))];
        foreach (LogicalThread thread in threads) execution.Join(thread);
    }

    /// <summary>Runs two bodies and fails if the sum that they leave behind is not 2 in some schedule.</summary>
    public static void Counts(Action first, Action second, Func<int> sum)
    {
        Run(first, second);
        Assert.Equal(2, sum());
    }
}
