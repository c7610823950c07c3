using System.Reflection;
using ConcurrencySpecs.Exploration.Coyote;

internal static partial class House
{
    public static IReadOnlyList<Assembly> Packages { get; } = [typeof(CoyoteDriver).Assembly];
}
