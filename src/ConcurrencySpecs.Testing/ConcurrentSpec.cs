using ConcurrencySpecs.Linearizability;
using FsCheck;

namespace ConcurrencySpecs.Testing;

/// <summary>A specification as the engines see it. Derive from <see cref="ConcurrentSpec{TSubject,TState}"/>.</summary>
/// <remarks>Everything that leaves an engine is text and numbers, because an engine may run inside rewritten copies of the spec's assemblies.</remarks>
public abstract class ConcurrentSpec
{
    private protected ConcurrentSpec() { }

    /// <summary>What reports call the specified thing; by default the class's name without "Contract" or "Spec" at its end.</summary>
    public virtual string Name => SpecNames.Of(GetType());

    /// <summary>The most threads of a parallel program.</summary>
    protected internal virtual int Threads => 3;

    /// <summary>The most calls per thread of a parallel program.</summary>
    protected internal virtual int CallsPerThread => 4;

    internal abstract IReadOnlyList<OperationShape> Shapes { get; }

    internal abstract Model<object> Model { get; }

    internal abstract object NewSubjectObject();

    internal abstract object? Invoke(object subject, int operation, object? argument, CancellationToken withdrawn);

    /// <summary>Looks at the object when all is over, and says what it saw as the result of one more call; null when there is nothing to look at.</summary>
    internal abstract Call? Observe(object subject, int thread, long time);
}

/// <summary>What an engine has to know of an operation.</summary>
internal sealed record OperationShape(string Name, Gen<object?> Argument, string? Role, bool MayWait);

/// <summary>
/// A specification of a concurrent object: its operations with their meaning on a pure model, a new object and the initial state.
/// Every engine runs the same one: random sequential programs, real threads, every interleaving.
/// </summary>
/// <typeparam name="TSubject">The object under test. Disposed after each program when it can be.</typeparam>
/// <typeparam name="TState">The model's state: immutable, with value equality (records, numbers, <see cref="Sequence{T}"/>).</typeparam>
/// <remarks>
/// A derived class has a constructor without parameters, because engines construct it anew. Steps of the model are pure.
/// An operation that takes a <see cref="CancellationToken"/> may wait; the engines cancel it once nothing else can run, and by then it must have had to wait.
/// </remarks>
public abstract class ConcurrentSpec<TSubject, TState> : ConcurrentSpec
    where TSubject : notnull
    where TState : notnull
{
    private Operation<TSubject, TState>[]? _operations;
    private SpecModel<TSubject, TState>? _model;
    private OperationShape[]? _shapes;

    /// <summary>A new object in its initial state.</summary>
    protected internal abstract TSubject NewSubject();

    /// <summary>The model's state of a new object.</summary>
    protected internal abstract TState InitialState { get; }

    /// <summary>The operations; called once per engine run.</summary>
    protected internal abstract IEnumerable<Operation<TSubject, TState>> Operations { get; }

    /// <summary>A last look at the object when every call is over (what is left in a queue, say); it catches what was lost. Null: no last look.</summary>
    protected internal virtual Operation<TSubject, TState>? LastLook => null;

    /// <summary>An operation with an argument.</summary>
    protected static Operation<TSubject, TState> Operation<TArgument, TResult>(
        string name, Gen<TArgument> argument, Func<TSubject, TArgument, TResult> call, Func<TState, TArgument, Step<TState, TResult>> step)
    {
        ArgumentNullException.ThrowIfNull(call);
        return Erased(name, argument, (subject, given, _) => call(subject, given), step);
    }

    /// <summary>An operation without arguments.</summary>
    protected static Operation<TSubject, TState> Operation<TResult>(
        string name, Func<TSubject, TResult> call, Func<TState, Step<TState, TResult>> step)
    {
        ArgumentNullException.ThrowIfNull(call);
        ArgumentNullException.ThrowIfNull(step);
        return Erased<object?, TResult>(name, Arguments.None, (subject, _, _) => call(subject), (state, _) => step(state));
    }

    /// <summary>An operation that may wait, and stops waiting by throwing when its token is cancelled.</summary>
    protected static Operation<TSubject, TState> Operation<TArgument, TResult>(
        string name, Gen<TArgument> argument, Func<TSubject, TArgument, CancellationToken, TResult> call, Func<TState, TArgument, Step<TState, TResult>> step)
    {
        ArgumentNullException.ThrowIfNull(call);
        return Erased(name, argument, call, step).Waiting();
    }

    /// <summary>An operation without arguments that may wait, and stops waiting by throwing when its token is cancelled.</summary>
    protected static Operation<TSubject, TState> Operation<TResult>(
        string name, Func<TSubject, CancellationToken, TResult> call, Func<TState, Step<TState, TResult>> step)
    {
        ArgumentNullException.ThrowIfNull(call);
        ArgumentNullException.ThrowIfNull(step);
        return Erased<object?, TResult>(name, Arguments.None, (subject, _, withdrawn) => call(subject, withdrawn), (state, _) => step(state)).Waiting();
    }

    internal override IReadOnlyList<OperationShape> Shapes =>
        _shapes ??= Array.ConvertAll(All, op => new OperationShape(op.Name, op.Argument, op.Role, op.MayWait));

    internal override Model<object> Model => _model ??= new(InitialState, LastLook is { } look ? [.. All, look] : All);

    internal override object NewSubjectObject() => NewSubject();

    internal override object? Invoke(object subject, int operation, object? argument, CancellationToken withdrawn) =>
        All[operation].Call((TSubject)subject, argument, withdrawn);

    internal override Call? Observe(object subject, int thread, long time) => LastLook is { } look
        ? new Call(thread, look.Name, null, look.Call((TSubject)subject, null, CancellationToken.None), time, time + 1)
        : null;

    private Operation<TSubject, TState>[] All => _operations ??= Named([.. Operations]);

    private Operation<TSubject, TState>[] Named(Operation<TSubject, TState>[] operations)
    {
        if (operations.Length == 0)
            throw new InvalidOperationException($"{GetType().Name} has no operations, so there is nothing to check. Return at least one from Operations.");
        if (operations.GroupBy(op => op.Name).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw new InvalidOperationException($"{GetType().Name} has two operations named {twice.Key}; reports could not tell them apart. Rename one.");
        return operations;
    }

    private static Operation<TSubject, TState> Erased<TArgument, TResult>(
        string name, Gen<TArgument> argument, Func<TSubject, TArgument, CancellationToken, TResult> call, Func<TState, TArgument, Step<TState, TResult>> step)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(argument);
        ArgumentNullException.ThrowIfNull(step);
        return new(
            name, Arguments.Erase(argument), (subject, given, withdrawn) => call(subject, (TArgument)given!, withdrawn),
            (state, given) => Array.ConvertAll(step(state, (TArgument)given!).Outcomes, outcome => (outcome.State, (object?)outcome.Result)));
    }
}
