using System.Collections.Concurrent;
using System.Reflection;
using ConcurrencySpecs.Exploration.Hooks;
using ConcurrencySpecs.Exploration.Scheduling;

namespace ConcurrencySpecs.Exploration.Rewriting;

/// <summary>Asks an object whose methods return tasks whether it completes them before it returns, as a stream in memory does; those of others are
/// refused by name, for some thread of the pool would complete them. The program's own streams are rewritten, as far as they override.</summary>
internal static class Promptness
{
    private const BindingFlags Members = BindingFlags.Instance | BindingFlags.Public;

    private static readonly ConcurrentDictionary<(Type, string), bool> _overrides = new();

    /// <summary>The call that follows changes the object and has completed when it returns; else the exploration ends here.</summary>
    public static void Require(object? value, int site)
    {
        if (Execution.Current is not { } execution || value is null) return;
        string member = SiteTable.Of(site).What;
        execution.Site = site;
        if (!IsPrompt(value) && !IsOwn(value, member[(member.IndexOf('.', StringComparison.Ordinal) + 1)..]))
            throw Uncontrolled.Refused(member, UncontrolledPolicy.OtherThread);
        Opaque.Write(value, site);
    }

#pragma warning disable CA1068 // the rewriter puts the site last, after what is on the stack
    /// <summary>The call that follows asks the token.</summary>
    public static void Look(CancellationToken token, int site)
    {
        Memory.At(site);
        Twins.TaskStarts.Look(token);
    }
#pragma warning restore CA1068

    private static bool IsPrompt(object? value) => value switch
    {
        null or MemoryStream or StringReader or StringWriter => true,
        StreamReader reader => IsFramework(reader.GetType()) && IsPrompt(reader.BaseStream) && IsFramework(reader.BaseStream?.GetType()),
        StreamWriter writer => IsFramework(writer.GetType()) && IsPrompt(writer.BaseStream) && IsFramework(writer.BaseStream?.GetType()),
        _ => false,
    };

    // What is not overridden would be the framework's, on the pool.
    private static bool IsOwn(object value, string member) => _overrides.GetOrAdd((value.GetType(), member), static key => !IsFramework(key.Item1)
        && key.Item1.GetMethods(Members).All(method => method.Name != key.Item2 || !method.IsVirtual || !IsFramework(method.DeclaringType)));

    private static bool IsFramework(Type? type) => type is null || AssemblyScope.IsFrameworkName(type.Assembly.GetName().Name!);
}
