using System.Collections;
using System.ComponentModel;

namespace ConcurrencySpecs.Exploration.Twins;

/// <summary>Stands for the calls of <see cref="Environment"/> that name threads, read clocks and share variables; the others pass.</summary>
/// <remarks>Inside an exploration a machine has two processors: what a program makes of their number must not differ from machine to machine.</remarks>
[CallsOf(typeof(Environment)), EditorBrowsable(EditorBrowsableState.Never)]
[Passes("*")]
public static class EnvironmentCalls
{
    private const int Processors = 2;

    public static int get_CurrentManagedThreadId() => Steps.Exploring ? Steps.Me + 1 : Environment.CurrentManagedThreadId;
    public static long get_TickCount64() => Steps.Exploring ? VirtualTimeProvider.Read() : Environment.TickCount64;
    public static int get_ProcessorCount() => Steps.Exploring ? Processors : Environment.ProcessorCount;
    public static int get_TickCount() => Steps.Exploring ? (int)VirtualTimeProvider.Read() : Environment.TickCount;

    public static string? GetEnvironmentVariable(string variable) =>
        Steps.Exploring && variable is not null ? Seen()[variable] : Environment.GetEnvironmentVariable(variable!);
    public static string? GetEnvironmentVariable(string variable, EnvironmentVariableTarget target) =>
        Mine(target) ? GetEnvironmentVariable(variable) : Environment.GetEnvironmentVariable(variable, target);
    public static IDictionary GetEnvironmentVariables() => Steps.Exploring ? Seen().All() : Environment.GetEnvironmentVariables();
    public static IDictionary GetEnvironmentVariables(EnvironmentVariableTarget target) =>
        Mine(target) ? GetEnvironmentVariables() : Environment.GetEnvironmentVariables(target);
    public static string ExpandEnvironmentVariables(string name) =>
        Steps.Exploring && name is not null ? Seen().Expand(name) : Environment.ExpandEnvironmentVariables(name!);

    public static void SetEnvironmentVariable(string variable, string? value)
    {
        if (Steps.Exploring) EnvironmentVariables.Mine.Set(variable, value);
        else Environment.SetEnvironmentVariable(variable, value);
    }

    public static void SetEnvironmentVariable(string variable, string? value, EnvironmentVariableTarget target)
    {
        if (Mine(target)) SetEnvironmentVariable(variable, value);
        else Environment.SetEnvironmentVariable(variable, value, target);
    }

    // Those of the user and of the machine are in Windows' registry; elsewhere there are none.
    private static bool Mine(EnvironmentVariableTarget target) => Steps.Exploring && target == EnvironmentVariableTarget.Process;

    private static EnvironmentVariables Seen()
    {
        EnvironmentVariables all = EnvironmentVariables.Mine;
        Steps.Look(all);
        return all;
    }

    /// <summary>What the platform's own parallel loops take as their limit: those without one would start replicas of themselves as long as none has ended,
    /// which never covers every schedule.</summary>
    internal static int Limit(int threads) => Steps.Exploring && threads == -1 ? Processors : threads;
}
