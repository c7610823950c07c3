using Mono.Cecil;

namespace ConcurrencySpecs.Exploration.Rewriting;

/// <summary>Which calls into shared assemblies would let threads escape the schedule, and why.</summary>
/// <remarks>
/// The rule is by what the framework can do, not by what it usually does: everything in the threading namespaces without a twin, types that own
/// sockets, processes and pipes, methods that hand back a task which some other thread completes, waits for the finalizer, and native code.
/// Enums, exceptions, delegates and attributes of those namespaces only carry data. Everything else computes and returns.
/// </remarks>
internal sealed class UncontrolledPolicy(TwinCatalog catalog, IReadOnlyCollection<string> allowed)
{
    private const string NoTwin = "it has no twin";

    /// <summary>Said of what lets a task go that the explorer does not run.</summary>
    public const string OtherThread = "it returns a task that some other thread completes";

    private static readonly string[] _namespaces =
    [
        "System.Threading", "System.Threading.Tasks", "System.Threading.Tasks.Dataflow", "System.Threading.Tasks.Sources", "System.Threading.Channels",
        "System.Threading.RateLimiting", "System.Collections.Concurrent", "System.Timers", "System.IO.Pipes", "System.IO.Pipelines", "System.IO.Ports",
        "System.Net.Sockets", "System.Net.Http", "System.Net.Security", "System.Net.WebSockets", "System.Net.Mail", "System.Net.Quic",
    ];

    private static readonly Dictionary<string, string> _types = new()
    {
        ["System.Diagnostics.Process"] = "a process runs beside the schedule",
        ["System.Lazy`1"] = "its lock is the real one",
        ["System.Linq.ParallelEnumerable"] = "it runs on the thread pool",
        ["System.Linq.ParallelQuery`1"] = "it runs on the thread pool",
        ["System.IO.FileSystemWatcher"] = "it calls back on the thread pool",
        ["System.Net.Dns"] = "it waits for the network",
        ["System.Net.HttpListener"] = "it waits for the network",
        ["System.Net.WebClient"] = "it waits for the network",
        ["System.Net.WebRequest"] = "it waits for the network",
        ["System.Net.NetworkInformation.Ping"] = "it waits for the network",
        ["System.Runtime.CompilerServices.AsyncHelpers"] = "runtime-compiled async has no twin",
    };

    private static readonly HashSet<string> _members =
    [
        "System.Console.Read", "System.Console.ReadLine", "System.Console.ReadKey", "System.GC.WaitForPendingFinalizers",
        "System.GC.WaitForFullGCComplete", "System.GC.WaitForFullGCApproach", "System.GC.RegisterNoGCRegionCallback",
    ];

    // Carry data or are called back by code that is controlled anyway.
    private static readonly HashSet<string> _harmless =
    [
        "System.Threading.Timeout", "System.Threading.CancellationTokenRegistration", "System.Threading.LazyThreadSafetyMode",
        "System.Threading.NamedWaitHandleOptions",
        "System.Threading.Tasks.TaskAsyncEnumerableExtensions",
        "System.Threading.Tasks.Sources.IValueTaskSource", "System.Threading.Tasks.Sources.IValueTaskSource`1",
        "System.Threading.ExecutionContext", "System.Threading.AsyncFlowControl", "System.Collections.Concurrent.IProducerConsumerCollection`1",
        "System.Threading.AsyncLocal`1",    // its values are the logical thread's
    ];

    private readonly Dictionary<string, string?> _known = [];

    /// <summary>Why a call of a shared assembly's member is uncontrolled, or null if it is harmless.</summary>
    public string? Reason(MethodReference method)
    {
        TypeReference owner = method.DeclaringType.GetElementType();
        string name = $"{owner.FullName}.{method.Name}";
        if (_known.TryGetValue(name, out string? reason) && reason is not null) return reason;
        reason = IsAllowed(owner, method.Name) ? null
            : _types.GetValueOrDefault(Outer(owner).FullName) ?? (_members.Contains(name) ? "it waits for something outside the schedule"
                : null) ?? OfNamespace(owner) ?? OfResult(method, owner);
        return _known[name] = reason;
    }

    public bool IsAllowed(TypeReference owner, string member) => allowed.Count > 0
        && allowed.Any(a => a == owner.FullName || a == $"{owner.FullName}.{member}" || a == $"{SourceNames.WithoutArity(owner.Name)}.{member}" || a == member);

    private static TypeReference Outer(TypeReference type)
    {
        while (type.DeclaringType is not null) type = type.DeclaringType;
        return type;
    }

    private static string? OfNamespace(TypeReference owner)
    {
        TypeReference outer = Outer(owner);
        if (!_namespaces.Contains(outer.Namespace) || _harmless.Contains(outer.FullName)) return null;
        return TypeShape.Loaded(owner) is { } type && IsData(type) ? null : NoTwin;
    }

    private static bool IsData(Type type) => type.IsEnum || typeof(Exception).IsAssignableFrom(type) || typeof(Delegate).IsAssignableFrom(type)
        || typeof(Attribute).IsAssignableFrom(type) || typeof(EventArgs).IsAssignableFrom(type);

    // The task that a shared method returns is completed by a thread that the explorer does not run: shared code awaits as it likes.
    // Compiler services, delegates and the async interfaces only pass on what rewritten code returns.
    private string? OfResult(MethodReference method, TypeReference owner)
    {
        TypeReference returned = method.ReturnType.GetElementType();
        if (returned.Namespace != "System.Threading.Tasks" && returned.FullName != "System.IAsyncResult") return null;
        if (returned.Name is not ("Task" or "Task`1" or "ValueTask" or "ValueTask`1" or "IAsyncResult")) return null;
        if (owner.Namespace is "System.Runtime.CompilerServices" || catalog.HasCallsOf(owner.FullName)) return null;
        if (OpaqueRules.MayComplete(method)) return null;
        if (owner.FullName is "System.IAsyncDisposable" or "System.Collections.Generic.IAsyncEnumerator`1") return null;
        return TypeShape.Loaded(owner) is { } type && IsData(type) ? null : OtherThread;
    }
}
