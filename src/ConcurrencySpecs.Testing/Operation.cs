using FsCheck;

namespace ConcurrencySpecs.Testing;

/// <summary>One operation of a specification: its name, its arguments, the call on the real object and the step of the model.</summary>
/// <remarks>Made by <see cref="ConcurrentSpec{TSubject,TState}"/>'s Operation methods; immutable.</remarks>
public sealed class Operation<TSubject, TState>
{
    internal Operation(
        string name, Gen<object?> argument, Func<TSubject, object?, CancellationToken, object?> call, Func<TState, object?, (TState State, object? Result)[]> step)
        => (Name, Argument, Call, Step) = (name, argument, call, step);

    /// <summary>The name that reports show.</summary>
    public string Name { get; }

    /// <summary>The threads that may call it; null: any.</summary>
    public string? Role { get; private init; }

    /// <summary>True when the call may wait for another one; the engines then watch for calls that never return.</summary>
    public bool MayWait { get; private init; }

    internal Gen<object?> Argument { get; }

    internal Func<TSubject, object?, CancellationToken, object?> Call { get; }

    internal Func<TState, object?, (TState State, object? Result)[]> Step { get; }

    /// <summary>The same operation, called by one thread only: the one that plays <paramref name="role"/> ("producer", "owner" …).</summary>
    public Operation<TSubject, TState> By(string role) => new(Name, Argument, Call, Step) { Role = role, MayWait = MayWait };

    internal Operation<TSubject, TState> Waiting() => new(Name, Argument, Call, Step) { Role = Role, MayWait = true };
}
