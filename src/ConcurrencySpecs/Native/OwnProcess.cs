namespace ConcurrencySpecs.Native;

/// <summary>Who this process is to others.</summary>
/// <remarks>In an exploration each thread stands for a process of its own.</remarks>
internal static class OwnProcess
{
    /// <summary>Its id, which another process may get after its end.</summary>
    public static int Id => Environment.ProcessId;

    /// <summary>When it was started, as <see cref="ProcFiles.StartTimeOf"/> says it: together with the id it never means another process.</summary>
    public static long StartTime { get; } = ProcFiles.StartTimeOf(Environment.ProcessId);
}
