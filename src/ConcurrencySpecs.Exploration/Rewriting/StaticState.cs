using System.Runtime.Loader;
using ConcurrencySpecs.Exploration.Scheduling;

namespace ConcurrencySpecs.Exploration.Rewriting;

/// <summary>What rewritten static constructors call: it remembers how to bring a type's statics back to how they began.</summary>
/// <remarks>
/// Registration follows the end of the constructor's body, so a type stands after those that its constructor used; running the bodies again
/// in that order repeats the first initialisation. All fields are cleared before the first body runs, so that cycles see what they saw then.
/// A static constructor is one step: it runs under the runtime's own lock, where no other thread may be chosen, and only in the first execution
/// that needs it, so steps of its own would make that execution unlike the others.
/// </remarks>
internal sealed class StaticState
{
    [ThreadStatic] private static int _constructing;

    // I1  _types is in order of completion of the first static constructors of one load context
    private readonly Lock _gate = new();
    private readonly List<(Action Clear, Action? Initialize)> _types = [];

    /// <summary>Called at the end of a static constructor, with the delegates that clear and initialise the type again.</summary>
    public static void Register(Action clear, Action? initialize)
    {
        if (AssemblyLoadContext.GetLoadContext(clear.Method.Module.Assembly) is TwinContext context) context.Statics.Add(clear, initialize);
    }

    /// <summary>Called when a static constructor begins: hooks and twins keep silent until <see cref="Leave"/> gets the result.</summary>
    public static object? Enter()
    {
        Execution? current = Execution.Current;
        if (current is null) return null;
        Execution.Outside();
        _constructing++;
        return current;
    }

    public static void Leave(object? entered)
    {
        if (entered is not Execution execution) return;
        _constructing--;
        new Execution.Pause(execution).Dispose();
    }

    /// <summary>For twins that are about to make a thread, a task or a timer where no steps are taken.</summary>
    /// <exception cref="ExplorationRefusedException">A static constructor of the explored program runs.</exception>
    public static void RefuseToStart()
    {
        if (_constructing > 0) throw new ExplorationRefusedException(
            "A static constructor, or the initialiser of a static field, makes a thread, a task or a timer. Static constructors run as one step, "
            + "and what they start would run outside the schedule. Make it in a method that is called when it is needed.");
    }

    /// <summary>How many types will be reset.</summary>
    public int Count { get { lock (_gate) return _types.Count; } }

    /// <summary>Brings back the statics of every type that was initialised so far.</summary>
    public void Reset()
    {
        int count = Count;          // running a body again may initialise further types, which begin as they should
        for (int i = 0; i < count; i++) _types[i].Clear();
        _constructing++;
        try
        {
            for (int i = 0; i < count; i++) _types[i].Initialize?.Invoke();
        }
        finally
        {
            _constructing--;
        }
    }

    private void Add(Action clear, Action? initialize)
    {
        lock (_gate) _types.Add((clear, initialize));
    }
}
