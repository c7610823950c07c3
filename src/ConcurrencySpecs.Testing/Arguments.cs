using FsCheck;
using FsCheck.Fluent;

namespace ConcurrencySpecs.Testing;

/// <summary>Generators of arguments, erased so that engines need no type parameters.</summary>
internal static class Arguments
{
    public static Gen<object?> None { get; } = Gen.Constant<object?>(null);

    public static Gen<object?> Erase<T>(Gen<T> argument) => argument.Select(value => (object?)value);

    /// <summary>Simpler values of the kinds that specs use most; others stay as they are.</summary>
    public static IEnumerable<object?> Simpler(object? argument) => argument switch
    {
        int number when number != 0 => number == 1 ? [0] : [0, number / 2, number - Math.Sign(number)],
        int[] { Length: > 0 } items => [items[..(items.Length / 2)], items[..^1]],
        _ => [],
    };
}
