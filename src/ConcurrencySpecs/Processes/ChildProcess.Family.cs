using System.Diagnostics.CodeAnalysis;
using ConcurrencySpecs.Native;

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

    /// <summary>In a child of this program: runs its entry and ends the process. In every other process: returns at once.</summary>
    /// <remarks>
    /// Nobody has to call it. As the first statement of Main it takes over from the start-up hook: the children of this program then start in
    /// four fifths to nine tenths of the time, also where start-up hooks were trimmed away. What Main does before it, every child does as well.
    /// </remarks>
    /// <exception cref="InvalidOperationException">It is not the program's first thread that calls, so this is not the beginning of Main.</exception>
    [RequiresUnreferencedCode(Payload.NeedsReflection), RequiresDynamicCode(Payload.NeedsReflection)]
    public static void RunIfChild()
    {
        if (SignalCalls.CurrentThread() != Environment.ProcessId)
            throw new InvalidOperationException("RunIfChild was called by another thread than the program's first. Call it as the first statement of Main, "
                + "or not at all: children are then started through a start-up hook.");
        ChildProgram.HasLineInMain = true;      // first: this process may be a child, and start children of its own
        ChildMain.TakeOver();
    }

    private static string NextName()
    {
        int number = Interlocked.Increment(ref _born);
        return ChildMain.Plan is { } plan ? $"{plan.Name}:{number}" : $"Process-{number}";
    }

    // A program whose work starts itself again fills the machine within seconds. Two ways lead there, and both end in the first generation.
    private static string[] AncestryFor(string work, string name)
    {
        if (Environment.GetEnvironmentVariable(ChildProgram.LetterVariable) is not null)
            throw new InvalidOperationException($"{name} was not started: this process is itself a child and runs its parent's Main instead of its own entry. "
                + "The start-up hook did not take over: a native host or DOTNET_STARTUP_HOOKS set by somebody else may be the reason. Or RunIfChild is not the "
                + "first statement of Main.");
        if (ChildMain.Plan is not { } own) return [work];
        if (own.Ancestry.Contains(work))
            throw new InvalidOperationException($"{name} was not started: it would do again, with the same argument, what {own.Name} or one of its ancestors "
                + "is doing, and that would never end. Give the part of the work as its argument, and look for a start in a static constructor.");
        return [.. own.Ancestry, work];
    }
}
