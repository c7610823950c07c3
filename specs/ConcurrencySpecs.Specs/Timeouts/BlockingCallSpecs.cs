using System.Reflection;
using ConcurrencySpecs.Contracts.Timeouts;
using ConcurrencySpecs.Queues;

/// <summary>That the storm of interruptions leaves no blocking call out: the list is compared with what the library offers.</summary>
public sealed class The_blocking_calls_of_the_library
{
    private static readonly Dictionary<string, string> _otherwise = new()
    {
        ["Alarm.Set"] = "sets and returns",
        ["Alarm.Borrow"] = "sets and returns",
        ["Deadline.TryRestart"] = "sets and returns",
        ["TimeoutExtensions.Wrap"] = "makes a function, which calls Deadline.Run",
    };

    [Fact]
    public void are_all_met_by_the_storm() => Assert.Equal([], Blocking(typeof(SpscQueue<>).Assembly).Except(InterruptionStorm.Calls).Except(_otherwise.Keys));

    [Fact]
    public void are_those_that_take_a_limit_or_a_token_and_return_no_task()
    {
        IEnumerable<string> found = Blocking(typeof(Waits).Assembly).Where(name => name.StartsWith("Waits", StringComparison.Ordinal));
        Assert.Equal(["Waits.Enter", "Waits.Join", "Waits.TryEnter", "WaitsToo.Enter", "WaitsToo.Join", "WaitsToo.TryEnter"], found);
    }

    /// <summary>By the rule of the house everything that waits takes a limit or a token; the few verbs that take neither are named.</summary>
    private static IEnumerable<string> Blocking(Assembly library) => library.GetExportedTypes()
        .Where(type => type is { IsInterface: false } && !type.Name.StartsWith('<') && (!type.IsAbstract || type.IsSealed))
        .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static)
            .Where(method => method.DeclaringType!.Assembly == library && !method.IsSpecialName && Blocks(method))
            .Select(method => $"{type.Name.Split('`')[0]}.{method.Name}"))
        .Distinct().Order(StringComparer.Ordinal);

    private static bool Blocks(MethodInfo method) => !IsAsynchronous(method.ReturnType)
        && (method.Name is "Join" or "Raise" || method.GetParameters().Any(one => IsLimit(one.ParameterType)));

    private static bool IsLimit(Type type) => type == typeof(TimeSpan) || type == typeof(CancellationToken);

    private static bool IsAsynchronous(Type result) => typeof(Task).IsAssignableFrom(result)
        || result.Name.Split('`')[0] is nameof(ValueTask) or nameof(IAsyncEnumerable<>) or nameof(IAsyncEnumerator<>);
}

public abstract class WaitsAsABase
{
    public void Enter(CancellationToken cancel) => cancel.ThrowIfCancellationRequested();

    public bool TryEnter(TimeSpan timeout) => timeout > TimeSpan.Zero;

    public Task EnterAsync(CancellationToken cancel) => Task.FromCanceled(cancel);

    public bool TryEnter() => TryEnter(TimeSpan.Zero);

    public void Join() => Enter(CancellationToken.None);
}

public sealed class Waits : WaitsAsABase;

public sealed class WaitsToo : WaitsAsABase;
