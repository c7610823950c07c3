using System.Reflection;

public sealed class The_public_api
{
    /// <summary>Set to 1, the specs write what they see over what was approved; the change is then read and committed like any other.</summary>
    private const string Approve = "CONCURRENCYSPECS_APPROVE";

    public static TheoryData<string> Packages => [.. House.Packages.Select(assembly => assembly.GetName().Name!)];

    [Theory, MemberData(nameof(Packages))]
    public void of_each_package_is_as_approved(string package)
    {
        string actual = PublicApi.Of(House.Packages.Single(assembly => assembly.GetName().Name == package));
        string file = Path.Combine(House.Root, "specs", "ConcurrencySpecs.Specs", "House", "Approved", package + ".txt");
        if (Environment.GetEnvironmentVariable(Approve) == "1") File.WriteAllText(file, actual);
        Assert.True(File.Exists(file), $"{package} has no approved API. Run the specs once with {Approve}=1, read {package}.txt, and commit it.");
        string approved = File.ReadAllText(file);
        if (approved == actual) return;
        string[] was = approved.Split('\n'), now = actual.Split('\n');
        Assert.Fail(
            $"The public API of {package} is not the approved one.\ngone:\n{string.Join('\n', was.Except(now))}\nnew:\n{string.Join('\n', now.Except(was))}\n"
            + $"If that is meant, run the specs once with {Approve}=1 and commit the approved file with a line in CHANGELOG.md.");
    }

    [Fact]
    public void shows_members_that_heirs_can_see_and_hides_the_rest()
    {
        string api = PublicApi.Of(Assembly.GetExecutingAssembly());
        Assert.Contains("    Void shows_members_that_heirs_can_see_and_hides_the_rest()\n", api, StringComparison.Ordinal);
        Assert.DoesNotContain($" {nameof(Approve)}\n", api, StringComparison.Ordinal);
    }
}
