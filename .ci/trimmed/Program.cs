using ConcurrencySpecs.Locks;
using ConcurrencySpecs.Processes;

#if LINE
ChildProcess.RunIfChild();
#endif
Say("struct", () =>
{
    using ChildProcess<int> child = ChildProcess.Create(static (int number) => number + 1, 41).Start();
    return $"{child.Result}";
});
Say("JSON", () =>
{
    using ChildProcess<Order> child = ChildProcess.Create(static (Order it) => new Order(it.Name, it.Count + 1), new Order("tea", 41)).Start();
    return $"{child.Result.Name} {child.Result.Count}";
});
Say("semaphore", () =>
{
    using var units = ProcessSemaphore.Create(0);
    using ChildProcess child = ChildProcess.Create(static (ProcessSemaphore it) => it.Release(), units).Start();
    return $"{units.TryWait(TimeSpan.FromSeconds(30))}";
});

static void Say(string what, Func<string> how)
{
    try
    {
        Console.WriteLine($"{what}: {how()}");
    }
    catch (NotSupportedException refused)
    {
        Console.WriteLine($"{what}: refused, {refused.Message}");
    }
}

internal sealed record Order(string Name, int Count);
