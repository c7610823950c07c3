using ConcurrencySpecs.Exploration.Hooks;
using ConcurrencySpecs.Exploration.Scheduling;

namespace ConcurrencySpecs.Exploration.Rewriting;

/// <summary>What rewritten code calls in front of a call that the explorer cannot control.</summary>
internal static class Uncontrolled
{
    private static readonly Lock _gate = new();
    private static readonly List<UncontrolledCall> _calls = [];

    /// <summary>Registers a call and returns the number that the rewritten code carries.</summary>
    public static int Add(UncontrolledCall call)
    {
        lock (_gate)
        {
            _calls.Add(call);
            return _calls.Count - 1;
        }
    }

    /// <summary>Ends the exploration if one runs; otherwise the call goes ahead.</summary>
    public static void Reached(int call)
    {
        if (Execution.Current is { } execution) Refuse(execution, call);
    }

    /// <summary>For a member that has no place in rewritten code: nothing can be called, whether an exploration runs or not.</summary>
    public static Exception Gone(int call)
    {
        Reached(call);
        lock (_gate) return new NotSupportedException(_calls[call].ToString());
    }

    /// <summary>For a twin whose arguments ask for what no exploration has; says where it was called.</summary>
    public static Exception Refused(string member, string reason)
    {
        Site site = SiteTable.Of(Execution.Current?.Site ?? 0);
        return Gone(Add(new UncontrolledCall(member, site.Method, site.File, site.Line, reason)));
    }

    private static void Refuse(Execution execution, int call)
    {
        UncontrolledCall reached;
        lock (_gate) reached = _calls[call];
        string message = reached.ToString();
        execution.Refuse(new Verdict(Outcome.Threw, message, new UncontrolledCallException(message, reached), execution.Running.Id));
    }
}
