namespace ConcurrencySpecs.Testing;

/// <summary>The name of a specified thing, from its class.</summary>
internal static class SpecNames
{
    private static readonly string[] _endings = ["Contract", "Spec", "Specs"];

    public static string Of(Type type)
    {
        string name = type.IsGenericType ? type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)] : type.Name;
        foreach (string ending in _endings)
            if (name.Length > ending.Length && name.EndsWith(ending, StringComparison.Ordinal)) return name[..^ending.Length];
        return name;
    }
}
