using System.Reflection;
using System.Runtime.CompilerServices;
using ConcurrencySpecs.Exploration.Rewriting;

namespace ConcurrencySpecs.Exploration;

/// <summary>Runs a body under every schedule of its threads, or many, or one.</summary>
/// <remarks>
/// <para>The assemblies of the body and of what it references are rewritten in memory when the exploration starts; no build step, no attribute on the code
/// under test.
/// Threads, tasks, locks and time in them are then the explorer's: it decides who takes the next step, and sleeping costs nothing.</para>
/// <para>Captured values are copied in and restored before every schedule; so are static fields. Module initialisers run once per load.
/// What happens inside the framework and other shared assemblies is one step; channels, BlockingCollection, Parallel and queries over asynchronous
/// streams are explored as they are.</para>
/// <para>Not seen, so that "exhausted" says nothing about it: an array of more than 64 elements that threads change under an enumerator or a query over it;
/// the elements of a span after shared code has asked a comparer of the program's, as in <c>span.Sort(comparer)</c>, and the collection after it has asked
/// a method group of another assembly of the program's; keys' Equals and GetHashCode in concurrent dictionaries, which run inside the step;
/// environment variables that the framework reads for itself.</para>
/// <para>Refused by name where a schedule reaches them, for lack of a twin: ConcurrentExclusiveSchedulerPair, Thread.Interrupt,
/// TaskFactory.FromAsync, ReaderWriterLock, handles of the operating system and named ones, PLINQ, Dataflow, RateLimiting, pipelines, sockets, processes, and
/// asynchronous methods of the framework that go on in the thread pool. Streams, readers and writers in memory do not.</para>
/// <para>The sequence of steps is sequentially consistent: reorderings of a weak memory model are not explored here.</para>
/// </remarks>
public static class Explore
{
    /// <summary>Runs every schedule: exhausts them by optimal dynamic partial order reduction, or throws and says which bound stopped it.</summary>
    /// <param name="body">What to run. It starts its own threads or tasks and asserts.</param>
    /// <param name="options">Bounds and permissions; <see cref="ExplorationOptions.Default"/> without.</param>
    /// <param name="fact">The calling method, filled in by the compiler; its <see cref="ReplayAttribute"/> is honoured and its name printed.</param>
    /// <returns>How many schedules ran.</returns>
    /// <exception cref="ExplorationIncompleteException">A bound ended it first; see <see cref="ExplorationOptions.MayEndAtBound"/>.</exception>
    /// <exception cref="ExplorationFailedException">A schedule threw, deadlocked, livelocked, leaked a thread or reached an uncontrolled call.</exception>
    /// <exception cref="ExplorationRefusedException">The body captures or writes what cannot be explored, lives in an assembly without a file, or runs inside
    /// an exploration.</exception>
    public static ExplorationResult Every(Action body, ExplorationOptions? options = null, [CallerMemberName] string fact = "") =>
        new ExplorationRun(body, options, fact).Every();

    /// <inheritdoc cref="Every(Action, ExplorationOptions?, string)"/>
    public static ExplorationResult Every(Func<Task> body, ExplorationOptions? options = null, [CallerMemberName] string fact = "") =>
        new ExplorationRun(body, options, fact).Every();

    /// <summary>Runs as many schedules as the budget allows, chosen by a portfolio of randomised strategies; never claims exhaustion.</summary>
    /// <param name="body">What to run.</param>
    /// <param name="options">Budget, seed and permissions; 10,000 schedules without.</param>
    /// <param name="fact">The calling method, filled in by the compiler.</param>
    /// <returns>How many schedules ran.</returns>
    /// <exception cref="ExplorationFailedException">A schedule failed.</exception>
    /// <exception cref="ExplorationRefusedException">As for <see cref="Every(Action, ExplorationOptions?, string)"/>.</exception>
    public static ExplorationResult Sample(Action body, ExplorationOptions? options = null, [CallerMemberName] string fact = "") =>
        new ExplorationRun(body, options, fact).Sample();

    /// <inheritdoc cref="Sample(Action, ExplorationOptions?, string)"/>
    public static ExplorationResult Sample(Func<Task> body, ExplorationOptions? options = null, [CallerMemberName] string fact = "") =>
        new ExplorationRun(body, options, fact).Sample();

    /// <summary>Runs the one schedule that a failure printed.</summary>
    /// <param name="schedule">The string from <see cref="Counterexample.Schedule"/>.</param>
    /// <param name="body">The same body as then.</param>
    /// <param name="options">Permissions.</param>
    /// <returns>One schedule, never exhausted.</returns>
    /// <exception cref="ExplorationFailedException">The schedule fails, as it should.</exception>
    /// <exception cref="ExplorationRefusedException">The string is no schedule.</exception>
    public static ExplorationResult Replay(string schedule, Action body, ExplorationOptions? options = null) =>
        new ExplorationRun(body, options, "").Replay(schedule);

    /// <inheritdoc cref="Replay(string, Action, ExplorationOptions?)"/>
    public static ExplorationResult Replay(string schedule, Func<Task> body, ExplorationOptions? options = null) =>
        new ExplorationRun(body, options, "").Replay(schedule);

    /// <summary>Lists the calls that an exploration of this body would refuse when a schedule reaches them, without running anything.</summary>
    /// <param name="body">A body; all of its assembly and of what it references is searched.</param>
    /// <param name="options">Permissions.</param>
    /// <returns>Each call with its caller and line, whether or not any schedule reaches it.</returns>
    /// <exception cref="ExplorationRefusedException">The body's assembly cannot be rewritten.</exception>
    public static IReadOnlyList<UncontrolledCall> Uncontrolled(Action body, ExplorationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(body);
        return Uncontrolled(body.Method.Module.Assembly, options);
    }

    /// <summary>Lists the calls in an assembly, and in what it references, that an exploration would refuse.</summary>
    /// <param name="assembly">An assembly of yours.</param>
    /// <param name="options">Permissions.</param>
    /// <returns>Each call with its caller and line.</returns>
    /// <exception cref="ExplorationRefusedException">The assembly cannot be rewritten.</exception>
    public static IReadOnlyList<UncontrolledCall> Uncontrolled(Assembly assembly, ExplorationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        TwinContext context = TwinContext.Rent(assembly, options ?? ExplorationOptions.Default);
        UncontrolledCall[] calls = [.. context.Uncontrolled];
        context.Return();
        return calls;
    }
}
