using System.Globalization;
using System.Security.Principal;
using ConcurrencySpecs.Exploration.Scheduling;
using Real = System.Threading.Thread;

namespace ConcurrencySpecs.Exploration.Twins;

// What a thread does to itself, and what the runtime keeps for it.
public sealed partial class Thread
{
    public CultureInfo CurrentCulture { get => Mine().CurrentCulture; set => Mine().CurrentCulture = value; }
    public CultureInfo CurrentUICulture { get => Mine().CurrentUICulture; set => Mine().CurrentUICulture = value; }
    public ExecutionContext? ExecutionContext => Mine().ExecutionContext;
    public static IPrincipal? CurrentPrincipal { get => Real.CurrentPrincipal; set => Real.CurrentPrincipal = value; }

    public static void Sleep(TimeSpan timeout) => Sleep(Timeouts.Milliseconds(timeout));

    public static void Sleep(int millisecondsTimeout)
    {
        if (Execution.Current is { } execution) execution.Sleep(Timeouts.Check(millisecondsTimeout));
        else Real.Sleep(millisecondsTimeout);
    }

    public static bool Yield()
    {
        if (Execution.Current is not { } execution) return Real.Yield();
        execution.Step(StepKind.Yield);
        return true;
    }

    public static void SpinWait(int iterations)
    {
        if (Execution.Current is { } execution) execution.Step(StepKind.Yield);
        else Real.SpinWait(iterations);
    }

    public static void MemoryBarrier() => Interlocked.MemoryBarrier();
    public static int GetCurrentProcessorId() => Steps.Exploring ? 0 : Real.GetCurrentProcessorId();
    public static AppDomain GetDomain() => Real.GetDomain();
    public static int GetDomainID() => Real.GetDomainID();
    public static void BeginCriticalRegion() => Real.BeginCriticalRegion();
    public static void EndCriticalRegion() => Real.EndCriticalRegion();
    public static void BeginThreadAffinity() => Real.BeginThreadAffinity();
    public static void EndThreadAffinity() => Real.EndThreadAffinity();

    // The culture is the execution context's; asking another thread for it is refused by the runtime as well.
    private Real Mine() =>
        _real ?? (this == CurrentThread ? Real.CurrentThread : throw new InvalidOperationException("A thread's culture and context are its own to ask for."));
}
