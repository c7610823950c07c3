using ConcurrencySpecs.Contracts;
using ConcurrencySpecs.Testing.Xunit;

public sealed class The_contracts
{
    [Fact]
    public void have_facts_each() => Assert.Empty(
        Catalog.Contracts.Select(contract => contract.Spec).Except(typeof(The_contracts).Assembly.GetTypes().Select(SpecOf)));

    private static Type? SpecOf(Type facts) =>
        facts.BaseType is { IsGenericType: true } parent && parent.GetGenericTypeDefinition() == typeof(ConcurrentFacts<>)
            ? parent.GenericTypeArguments[0] : null;
}
