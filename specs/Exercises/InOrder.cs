using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(InOrder))]
[assembly: CaptureConsole]

/// <summary>Lessons run by their numbers and end at the first that is not solved, so that there is one thing to read.</summary>
public sealed class InOrder : ITestCollectionOrderer
{
    public IReadOnlyCollection<T> OrderTestCollections<T>(IReadOnlyCollection<T> testCollections) where T : ITestCollection =>
        [.. testCollections.OrderBy(collection => collection.TestCollectionDisplayName, StringComparer.Ordinal)];
}
