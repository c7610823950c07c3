/// <summary>What the house is made of: its packages, and the folder it stands in.</summary>
internal static partial class House
{
    /// <summary>The folder of the solution.</summary>
    public static string Root { get; } = FindRoot(new DirectoryInfo(AppContext.BaseDirectory));

    private static string FindRoot(DirectoryInfo? from)
    {
        for (DirectoryInfo? here = from; here is not null; here = here.Parent)
            if (File.Exists(Path.Combine(here.FullName, "ConcurrencySpecs.sln"))) return here.FullName;
        throw new DirectoryNotFoundException(
            $"No folder above {from} holds ConcurrencySpecs.sln. The specs over the house read its sources: run them from a clone.");
    }
}
