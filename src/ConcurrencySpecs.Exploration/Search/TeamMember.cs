namespace ConcurrencySpecs.Exploration.Search;

/// <summary>An explorer that helps, the body it runs, and what to give back afterwards.</summary>
internal sealed record TeamMember(Explorer Explorer, Action Body, Action? Leave = null) : IDisposable
{
    public void Dispose()
    {
        Explorer.Dispose();
        Leave?.Invoke();
    }
}
