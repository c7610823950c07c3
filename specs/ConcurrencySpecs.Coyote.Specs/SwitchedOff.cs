public sealed class Coyote
{
    [Fact(Skip = "Runs with: dotnet test --project specs/ConcurrencySpecs.Coyote.Specs -p:Coyote=true (needs a feed that has Microsoft.Coyote)")]
    public void drives_the_explorer() { }
}
