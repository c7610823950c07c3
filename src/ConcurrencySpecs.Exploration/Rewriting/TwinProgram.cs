using System.Reflection;

namespace ConcurrencySpecs.Exploration.Rewriting;

/// <summary>A body inside a twin context, ready to run schedule after schedule.</summary>
internal sealed class TwinProgram
{
    private readonly TwinContext _context;
    private readonly CapturedValues _captured;
    private readonly BodyCall _call;
    private object? _target;

    /// <exception cref="ExplorationRefusedException">The body writes a captured local, or captures what cannot be copied.</exception>
    public TwinProgram(Delegate body, TwinContext context)
    {
        _context = context;
        if (!body.HasSingleTarget) throw new ExplorationRefusedException("The body is a delegate that calls several methods: explore them one by one.");
        var code = new BodyCode(body.Method, body.Target);
        if (code.WrittenCapture is { } local) throw new ExplorationRefusedException(
            $"The body writes {SourceNames.Of(local.Name)}, a local variable of the method around it: captured values are copied in "
            + "and restored before every schedule, so the write would be lost. "
            + "Declare it inside the body; to gather results over all schedules, capture a Tally.");
        _captured = new CapturedValues(body.Target, code, context);
        MethodInfo method = context.Map.Of(body.Method);
        _call = BodyCall.Of(method, body.Target is not null, body is Func<Task>);
    }

    /// <summary>Brings statics and captured values back to how they began; outside an execution.</summary>
    public void Prepare()
    {
        _context.Statics.Reset();
        _target = _captured.Fresh();
    }

    /// <summary>Runs the body once.</summary>
    public void Run() => _call.Run(_target);
}
