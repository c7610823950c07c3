using System.Diagnostics.CodeAnalysis;
using ConcurrencySpecs.Processes;

/// <summary>Where the runtime enters a process before Main, because DOTNET_STARTUP_HOOKS names this assembly; the name and place are the runtime's.</summary>
[SuppressMessage("Design", "CA1050", Justification = "The runtime looks for it outside every namespace.")]
[SuppressMessage("Performance", "CA1812", Justification = "The runtime calls it.")]
internal static class StartupHook
{
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Trimmed programs have no start-up hooks.")]
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "Native programs have no start-up hooks.")]
    public static void Initialize() => ChildMain.TakeOver();
}
