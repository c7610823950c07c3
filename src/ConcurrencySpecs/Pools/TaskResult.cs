using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;

namespace ConcurrencySpecs.Pools;

/// <summary>How the work on one item of a stream ended: with a value or with its own error. Either stands at the item's place and the stream goes on.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
/// <param name="Index">The item's place in the source, from 0.</param>
/// <param name="Value">The value where <see cref="IsSuccess"/>, otherwise default.</param>
/// <param name="Error">What the work threw, or null.</param>
public readonly record struct TaskResult<T>(long Index, T? Value, Exception? Error)
{
    /// <summary>Whether the work ended with a value.</summary>
    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsSuccess => Error is null;

    /// <summary>The value, or the work's own exception.</summary>
    /// <exception cref="Exception">What the work threw, with the stack of then.</exception>
    public T GetOrThrow()
    {
        if (!IsSuccess) ExceptionDispatchInfo.Throw(Error);
        return Value!;
    }
}
