using System.Reflection;
using ConcurrencySpecs.Exploration.Rewriting;
using ConcurrencySpecs.Exploration.Scheduling;
using ConcurrencySpecs.Exploration.Search;
using ConcurrencySpecs.Exploration.Twins;

namespace ConcurrencySpecs.Exploration;

/// <summary>For testing libraries: makes a user's object inside the rewritten copy of its program and explores calls on it.</summary>
/// <remarks>
/// <para>A library that is itself never rewritten (its base classes must be the same type inside and outside) finds the twin of a user's class, constructs it,
/// and talks to it through those base classes. Whatever the object makes then has rewritten types.</para>
/// <code>
/// using var host = TwinHost.For(GetType());
/// var spec = (SpecBase)host.Create();              // constructed again, from rewritten code
/// ExplorationResult result = host.Every(() =>
/// {
///     object subject = spec.NewSubject();          // rewritten code: its accesses are steps
///     TwinHost.Together(() => spec.Call(subject, 0), () => spec.Call(subject, 1));
///     TwinHost.Unobserved(() => spec.Check());     // model and checker: no steps
/// });
/// </code>
/// <para>The delegates handed to <see cref="Every(Action, ExplorationOptions?, Func{bool}?)"/> and <see cref="Together"/> are called as they are: what they
/// capture is not restored between schedules, so make subjects inside. Static fields of rewritten code are reset before every schedule.</para>
/// <para>One host runs one exploration at a time; several hosts may run at once, each with its own rewritten copy.</para>
/// </remarks>
public sealed class TwinHost : IDisposable
{
    private readonly Type _type;
    private readonly TwinContext _context;
    private readonly ExplorationOptions _options;
    private readonly Explorer _explorer = new();
    private bool _disposed;
    private bool _lost;         // in an execution under a driver

    private TwinHost(Type type, ExplorationOptions options)
    {
        (_type, _options) = (type, options);
        _context = TwinContext.Rent(type.Assembly, options);
        Twin = _context.Map.Of(type);
    }

    /// <summary>Loads the rewritten program of <paramref name="type"/>.</summary>
    /// <param name="type">A class of the code under test.</param>
    /// <param name="options">Bounds and permissions for all explorations of this host.</param>
    /// <exception cref="ExplorationRefusedException">The type's assembly is shared or has no file, or an exploration is running on this thread.</exception>
    public static TwinHost For(Type type, ExplorationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(type);
        ExplorationRun.RefuseNesting();
        return new TwinHost(type, EnvironmentSettings.Apply(options ?? ExplorationOptions.Default));
    }

    /// <summary>The rewritten twin of the type.</summary>
    public Type Twin { get; }

    /// <summary>Every call in the rewritten program that is refused when a schedule reaches it.</summary>
    public IReadOnlyList<UncontrolledCall> Uncontrolled => [.. _context.Uncontrolled];

    /// <summary>A thread of an exploration waits for something outside it and never came back: this host explores nothing more.</summary>
    public bool IsLost => _explorer.Execution.Lost || _lost;

    /// <summary>Constructs the twin; the constructor may be private.</summary>
    /// <param name="arguments">Objects of shared types, such as an output helper.</param>
    /// <exception cref="ExplorationRefusedException">No constructor takes these arguments.</exception>
    public object Create(params object?[] arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        ConstructorInfo? constructor = Twin.GetConstructors(IlReader.Instance).FirstOrDefault(c => Takes(c.GetParameters(), arguments));
        if (constructor is null)
        {
            string given = string.Join(", ", arguments.Select(argument => argument?.GetType().Name ?? "null"));
            throw new ExplorationRefusedException(
                $"{Twin.Name} is constructed again inside the exploration, but no constructor takes ({given}). "
                + "Give it a constructor without parameters, or with parameters of framework and test types only.");
        }

        return constructor.Invoke(BindingFlags.DoNotWrapExceptions, null, arguments, null);
    }

    /// <summary>Runs <paramref name="body"/> under every schedule. A failure is in the result; nothing is thrown for it.</summary>
    /// <param name="body">What to run; it is called as it is.</param>
    /// <param name="options">Bounds for this exploration; the host's without.</param>
    /// <param name="whenStuck">Asked, without steps, when every thread waits for what no thread can bring about: true when the schedule may end so.
    /// Without it, that is a deadlock.</param>
    public ExplorationResult Every(Action body, ExplorationOptions? options = null, Func<bool>? whenStuck = null)
    {
        _explorer.Execution.WhenStuck = whenStuck;
        return Run(body, ExplorationRun.Exhausting(options ?? _options), options);
    }

    /// <summary>Runs a program under every schedule, a long search on every core: each further explorer then has a host of its own, and a program
    /// over objects of that host. A failure is in the result; nothing is thrown for it.</summary>
    /// <param name="make">Makes the program for a host, which is this one first. It must make the same program each time.</param>
    /// <param name="options">Bounds for this exploration; the host's without. With a bound on schedules one explorer stays alone.</param>
    public ExplorationResult Every(Func<TwinHost, HostedProgram> make, ExplorationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(make);
        HostedProgram program = make(this);
        _explorer.Execution.WhenStuck = program.WhenStuck;
        return Run(program.Body, ExplorationRun.Exhausting(options ?? _options), options, make);
    }

    /// <summary>Runs <paramref name="body"/> under as many schedules as the budget allows.</summary>
    /// <param name="body">What to run; it is called as it is.</param>
    /// <param name="options">Budget and seed for this exploration; the host's without.</param>
    /// <param name="whenStuck">As for <see cref="Every(Action, ExplorationOptions?, Func{bool}?)"/>.</param>
    public ExplorationResult Sample(Action body, ExplorationOptions? options = null, Func<bool>? whenStuck = null)
    {
        _explorer.Execution.WhenStuck = whenStuck;
        return (options ?? _options).Driver is null ? Run(body, ExplorationRun.Sampling(options ?? _options), options) : Drive(body, options);
    }

    /// <summary>Runs <paramref name="body"/> under the one schedule that a counterexample named.</summary>
    /// <param name="schedule">The string from <see cref="Counterexample.Schedule"/>.</param>
    /// <param name="body">The same body as then.</param>
    /// <param name="whenStuck">As for <see cref="Every(Action, ExplorationOptions?, Func{bool}?)"/>.</param>
    /// <exception cref="FormatException">The string is damaged.</exception>
    /// <exception cref="InvalidOperationException">The string belongs to another body.</exception>
    public ExplorationResult Replay(string schedule, Action body, Func<bool>? whenStuck = null)
    {
        _explorer.Execution.WhenStuck = whenStuck;
        Prepare(body, _options);
        return ExplorationReport.OfReplay(schedule, _explorer, body, ExplorationRun.Bounds(_options), Command);
    }

    /// <summary>Inside a body: starts each delegate as a thread of the schedule and waits for all of them.</summary>
    /// <param name="bodies">What the threads run; their numbers in reports follow this order.</param>
    /// <exception cref="InvalidOperationException">No exploration runs on this thread.</exception>
    public static void Together(params Action[] bodies)
    {
        ArgumentNullException.ThrowIfNull(bodies);
        Execution execution =
            Execution.Current ?? throw new InvalidOperationException("TwinHost.Together belongs into a body that TwinHost.Every or Sample runs.");
        LogicalThread[] threads = [.. bodies.Select(body => execution.Spawn(body))];
        execution.Join(threads);
    }

    /// <summary>Runs <paramref name="action"/> without steps: nobody else is scheduled meanwhile. For models and checkers that happen to be rewritten
    /// code.</summary>
    /// <param name="action">What to run; it must not wait for anything that a thread of the schedule does.</param>
    public static void Unobserved(Action action)
    {
        ArgumentNullException.ThrowIfNull(action);
        using (Execution.Outside()) action();
    }

    /// <inheritdoc cref="Unobserved(Action)"/>
    /// <typeparam name="T">The type of the result.</typeparam>
    public static T Unobserved<T>(Func<T> action)
    {
        ArgumentNullException.ThrowIfNull(action);
        using (Execution.Outside()) return action();
    }

    /// <summary>True for the exception by which the explorer ends a thread of a schedule: code that records exceptions lets it pass.</summary>
    /// <param name="exception">What was caught.</param>
    public static bool IsEnding(Exception exception) => exception is ExecutionAbortedException;

    /// <summary>Ends the host's threads and gives its rewritten copy to the next host.</summary>
    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        bool lost = IsLost;
        _explorer.Dispose();
        if (!lost) _context.Return();
    }

    private static string Command(string schedule) => $"{EnvironmentSettings.ScheduleVariable}='{schedule}'";

    private ExplorationResult Run(Action body, Strategy strategy, ExplorationOptions? options, Func<TwinHost, HostedProgram>? make = null)
    {
        ExplorationOptions effective = options is null ? _options : EnvironmentSettings.Apply(options);
        Prepare(body, effective);
        SearchBounds bounds = ExplorationRun.Bounds(effective);
        long escapes = LogicalContext.Escapes;
        SearchResult seen = make is not null && strategy is Dpor
            ? new Team(ExplorationRun.Cores, () => Helper(make, effective)).Run(_explorer, body, bounds)
            : _explorer.Run(body, strategy, bounds);
        return ExplorationReport.Of(seen, _explorer, body, bounds, Command, escapes);
    }

    private TeamMember Helper(Func<TwinHost, HostedProgram> make, ExplorationOptions options)
    {
        var host = new TwinHost(_type, _options);
        HostedProgram program = make(host);
        host._explorer.Execution.WhenStuck = program.WhenStuck;
        host.Prepare(program.Body, options);
        return new TeamMember(host._explorer, program.Body, host.Dispose);
    }

    private ExplorationResult Drive(Action body, ExplorationOptions? options)
    {
        ExplorationOptions effective = EnvironmentSettings.Apply(options ?? _options);
        Prepare(body, effective);
        long escapes = LogicalContext.Escapes;
        SearchResult seen = ExplorationRun.Drive(_explorer, body, effective);
        _lost = seen.Failure?.Outcome == Outcome.Stuck;
        return ExplorationReport.Of(seen, _explorer, body, ExplorationRun.Bounds(effective), Command, escapes);
    }

    private void Prepare(Action body, ExplorationOptions options)
    {
        ArgumentNullException.ThrowIfNull(body);
        ObjectDisposedException.ThrowIf(_disposed, this);
        ExplorationRun.RefuseNesting();
        _explorer.Before = _context.Statics.Reset;
        ExplorationRun.Configure(_explorer, options);
    }

    private static bool Takes(ParameterInfo[] parameters, object?[] arguments) => parameters.Length == arguments.Length
        && parameters.Zip(arguments)
            .All(pair => pair.Second is null ? !pair.First.ParameterType.IsValueType : pair.First.ParameterType.IsInstanceOfType(pair.Second));
}
