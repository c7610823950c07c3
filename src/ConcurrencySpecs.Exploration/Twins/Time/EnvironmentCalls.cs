using System.ComponentModel;

namespace ConcurrencySpecs.Exploration.Twins;

/// <summary>Stands for the calls of <see cref="Environment"/> that name threads and read clocks; the others pass.</summary>
/// <remarks>Inside an exploration a machine has two processors: what a program makes of their number must not differ from machine to machine.</remarks>
[CallsOf(typeof(Environment)), EditorBrowsable(EditorBrowsableState.Never)]
[Passes("*")]
public static class EnvironmentCalls
{
    public static int get_CurrentManagedThreadId() => Steps.Exploring ? Steps.Me + 1 : Environment.CurrentManagedThreadId;
    public static long get_TickCount64() => Steps.Exploring ? VirtualTimeProvider.Read() : Environment.TickCount64;
    public static int get_ProcessorCount() => Steps.Exploring ? 2 : Environment.ProcessorCount;
    public static int get_TickCount() => Steps.Exploring ? (int)VirtualTimeProvider.Read() : Environment.TickCount;
}
