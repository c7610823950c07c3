using System.ComponentModel;

namespace ConcurrencySpecs.Exploration.Twins;

/// <summary>Stands for the calls of <see cref="Environment"/> that name threads and read clocks; the others pass.</summary>
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

    /// <summary>What the platform's own parallel loops take as their limit: those without one would start replicas of themselves as long as none has ended,
    /// which never covers every schedule.</summary>
    internal static int Limit(int threads) => Steps.Exploring && threads == -1 ? Processors : threads;
}
