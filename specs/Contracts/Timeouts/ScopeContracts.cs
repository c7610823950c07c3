using ConcurrencySpecs.Testing;
using ConcurrencySpecs.Timeouts;
using FsCheck;
using FsCheck.Fluent;

namespace ConcurrencySpecs.Contracts.Timeouts;

/// <summary>Two scopes, one in the other: their limits, how long the inner and then the outer work takes, and whether the latter catches everything.</summary>
public sealed record Nesting(int OuterLimit, int InnerLimit, int InnerWork, int OuterWork, bool Swallows);

/// <summary>Runs work in two scopes and says how it ended: "done", "outer expired", "inner expired".</summary>
public interface IScopes
{
    string Run(Nesting nesting);
}

/// <summary>What scopes owe: each keeps its own limit and name, and an expiry that is caught inside is still told by the scope that it belongs to.</summary>
public abstract class ScopesContract : ConcurrentSpec<IScopes, int>
{
    protected override int InitialState => 0;

    protected override int Threads => 2;

    protected override int CallsPerThread => 2;

    protected override IEnumerable<Operation<IScopes, int>> Operations =>
        [Operation("Run", Nestings, (scopes, nesting) => scopes.Run(nesting), (none, nesting) => (none, Expected(nesting)))];

    private static Gen<Nesting> Nestings => Gen.Choose(1, 6).ArrayOf(4)
        .SelectMany(of => Gen.Elements(true, false).Select(swallows => new Nesting(of[0], of[1], of[2], of[3], swallows)));

    private static string Expected(Nesting nesting)
    {
        if (nesting.InnerWork >= nesting.OuterLimit) return "outer expired";
        if (nesting.InnerWork >= nesting.InnerLimit && !nesting.Swallows) return "inner expired";
        return nesting.InnerWork + nesting.OuterWork >= nesting.OuterLimit ? "outer expired" : "done";
    }
}

public sealed class DeadlineScopesContract : ScopesContract
{
    public override string Name => "Deadline (scopes)";

    protected override IScopes NewSubject() => new Scopes();

    private sealed class Scopes : IScopes
    {
        public string Run(Nesting nesting)
        {
            var clock = new ManualClock();
            Deadline? outermost = null;
            try
            {
                return Deadline.Run(TimeSpan.FromSeconds(nesting.OuterLimit), clock, outer =>
                {
                    outermost = outer;
                    Inner(nesting, clock);
                    clock.Advance(TimeSpan.FromSeconds(nesting.OuterWork));
                    return "done";
                });
            }
            catch (DeadlineExpiredException expiry)
            {
                return expiry.Deadline == outermost ? "outer expired" : "inner expired";
            }
        }

        private static void Inner(Nesting nesting, ManualClock clock)
        {
            try
            {
                Deadline.Run(TimeSpan.FromSeconds(nesting.InnerLimit), clock, _ =>
                {
                    clock.Advance(TimeSpan.FromSeconds(nesting.InnerWork));
                    return 0;
                });
            }
            catch (DeadlineExpiredException) when (nesting.Swallows)
            {
                return;     // as a handler of everything does; the scope that has expired tells it all the same
            }
        }
    }
}
