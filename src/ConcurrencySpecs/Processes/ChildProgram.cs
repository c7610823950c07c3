using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace ConcurrencySpecs.Processes;

/// <summary>How this program is started again as a child of itself: the same command, and a start-up hook or a line in Main that takes over.</summary>
/// <remarks>
/// A start-up hook is a framework feature: the runtime calls <c>StartupHook.Initialize</c> of the assemblies in DOTNET_STARTUP_HOOKS before Main. It
/// exists wherever the runtime does, under `dotnet run`, an app host (framework-dependent, self-contained or single-file) and a test host. Trimmed
/// programs switch it off unless they set StartupHookSupport, and native AOT has none. It costs a tenth to a fifth of the start, most of it for the runtime's
/// search for that method by name; a program that says so in its Main (<see cref="ChildProcess.RunIfChild"/>) is started without.
/// </remarks>
[UnconditionalSuppressMessage("SingleFile", "IL3000", Justification = "That there is no location is how a single file is told from others.")]
internal static class ChildProgram
{
    public const string LetterVariable = "CONCURRENCYSPECS_CHILD";
    public const string HooksVariable = "DOTNET_STARTUP_HOOKS";
    private const char HookSeparator = ':';

    /// <summary>Whether children take over at a line in Main and need no hook.</summary>
    public static bool HasLineInMain { get; set; }

    /// <summary>The arguments of the new process; the first is the program.</summary>
    /// <exception cref="NotSupportedException">The program was built without start-up hooks.</exception>
    [DynamicDependency(nameof(StartupHook.Initialize), typeof(StartupHook))]       // who trims sees nobody call it
    public static IReadOnlyList<string> Command()
    {
        if (!HasLineInMain && AppContext.TryGetSwitch("System.StartupHookProvider.IsSupported", out bool supported) && !supported)
            throw new NotSupportedException("Children are started through a start-up hook, and this program was built without (trimmed, or native AOT). "
                + "Set <StartupHookSupport>true</StartupHookSupport> in its project, or call ChildProcess.RunIfChild first in Main; and keep the entries.");
        string host = Environment.ProcessPath ?? throw new NotSupportedException("The program's own path is unknown: /proc has to be mounted.");
        string program = Assembly.GetEntryAssembly()?.Location ?? "";
        if (program.Length == 0 || Path.GetFileName(host) != "dotnet") return [host];

        // `dotnet [exec] [options] program.dll …`: the same options, whoever chose them
        string[] own = File.ReadAllText("/proc/self/cmdline").Split('\0');
        int at = Array.FindIndex(own, one => Path.GetFileName(one) == Path.GetFileName(program));
        return at > 0 ? [host, .. own[1..at], program] : [host, "exec", program];
    }

    /// <summary>Our environment as it is now, with the letter's descriptor and the hook.</summary>
    public static IEnumerable<string> EnvironmentWith(int letter)
    {
        string? earlier = Environment.GetEnvironmentVariable(HooksVariable);
        foreach (DictionaryEntry one in Environment.GetEnvironmentVariables())
            if (one.Key is not (LetterVariable or HooksVariable)) yield return $"{one.Key}={one.Value}";
        yield return $"{LetterVariable}={letter}";
        if (!HasLineInMain) yield return $"{HooksVariable}={(string.IsNullOrEmpty(earlier) ? "" : earlier + HookSeparator)}{Hook}";  // last: it does not return
        else if (earlier is not null) yield return $"{HooksVariable}={earlier}";
    }

    // By name where the host knows the assembly, which also works inside a single file; by path where it was loaded from elsewhere.
    private static string Hook
    {
        get
        {
            Assembly ours = typeof(ChildProgram).Assembly;
            string name = ours.GetName().Name!;
            string known = AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") as string ?? "";
            bool isKnown = ours.Location.Length == 0 || known.Split(Path.PathSeparator).Contains(ours.Location);
            return isKnown ? name : ours.Location;
        }
    }
}
