namespace ConcurrencySpecs.Processes;

public partial class ChildProcess
{
    private static readonly Lazy<ParentProcess?> _parent = new(() => ChildMain.Plan is { } plan ? new ParentProcess(plan.ParentId) : null);

    private static int _born;

    /// <summary>The name of the process that asks: that of a child, or "Main".</summary>
    public static string CurrentName => ChildMain.Plan?.Name ?? "Main";

    /// <summary>The process that started this one as its child; null in a process that was not started so.</summary>
    public static ParentProcess? Parent => _parent.Value;

    /// <summary>The children of this process that were started and have not ended, oldest first.</summary>
    public static IReadOnlyList<ChildProcess> Active => ChildKeeper.Shared.Alive;

    private static string NextName()
    {
        int number = Interlocked.Increment(ref _born);
        return ChildMain.Plan is { } plan ? $"{plan.Name}:{number}" : $"Process-{number}";
    }

    // A program whose work starts itself again fills the machine within seconds. Two ways lead there, and both end in the first generation.
    private static IReadOnlyList<string> AncestryFor(string work, string name)
    {
        if (Environment.GetEnvironmentVariable(ChildProgram.LetterVariable) is not null)
            throw new InvalidOperationException($"{name} was not started: this process is itself a child and runs its parent's Main instead of its own entry. "
                + "The start-up hook did not take over: a native host or DOTNET_STARTUP_HOOKS set by somebody else may be the reason.");
        if (ChildMain.Plan is not { } own) return [work];
        if (own.Ancestry.Contains(work))
            throw new InvalidOperationException($"{name} was not started: it would do again, with the same argument, what {own.Name} or one of its ancestors "
                + "is doing, and that would never end. Give the part of the work as its argument, and look for a start in a static constructor.");
        return [.. own.Ancestry, work];
    }
}
