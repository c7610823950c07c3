using ConcurrencySpecs.Contracts.Timeouts;

namespace ConcurrencySpecs.Broken.Timeouts;

[Broken("ends the outer scope by an exception that code inside catches: the expiry is swallowed and the work goes on", "Sequential")]
public sealed class ScopeSwallowsTheOuterExpiry : ScopesContract
{
    protected override IScopes NewSubject() => new Twin();

    private sealed class Twin : IScopes
    {
        public string Run(Nesting nesting)
        {
            bool outerThrown = nesting.InnerWork >= nesting.OuterLimit;
            bool innerThrown = nesting.InnerWork >= nesting.InnerLimit;
            if (outerThrown && !nesting.Swallows) return "outer expired";
            if (innerThrown && !nesting.Swallows) return "inner expired";
            // The alarm has rung and was caught; nobody remembers it.
            return !outerThrown && nesting.InnerWork + nesting.OuterWork >= nesting.OuterLimit ? "outer expired" : "done";
        }
    }
}

[Broken("takes every expiry for its own: the outer one is told in the inner one's name", "Sequential")]
public sealed class ScopeClaimsEveryExpiry : ScopesContract
{
    protected override IScopes NewSubject() => new Twin();

    private sealed class Twin : IScopes
    {
        public string Run(Nesting nesting)
        {
            if (nesting.InnerWork >= Math.Min(nesting.InnerLimit, nesting.OuterLimit) && !nesting.Swallows) return "inner expired";
            return nesting.InnerWork + nesting.OuterWork >= nesting.OuterLimit ? "outer expired" : "done";
        }
    }
}
