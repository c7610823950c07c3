using ConcurrencySpecs.Broken;
using ConcurrencySpecs.Contracts;
using ConcurrencySpecs.Testing;
using ConcurrencySpecs.Testing.Engines;
using FsCheck.Fluent;

/// <summary>A tiny house: things that hold, things that do not, all found out at once.</summary>
internal static class Subjects
{
    public static CatalogEntry Sound { get; } = new("Tally", "Counting", typeof(TallySpec));

    public static CatalogEntry AlsoSound { get; } = new("Ledger (two, columns)", "Bookkeeping", typeof(LedgerSpec));

    /// <summary>An implementation that does not keep its contract.</summary>
    public static CatalogEntry Unsound { get; } = new("StuckTally", "Counting", typeof(StuckTallySpec));

    /// <summary>An implementation whose specification cannot be run.</summary>
    public static CatalogEntry Unrunnable { get; } = new("Nothing", "Counting", typeof(NothingSpec));

    public static Exhibit Twin { get; } = Exhibit(Unsound, "BrokenTally", "counts to one and stays there");

    /// <summary>A twin that is not broken at all, so that no engine can catch it.</summary>
    public static Exhibit Escaping { get; } = Exhibit(Sound, "HealthyTwin", "is said to lose counts");

    public static IReadOnlyList<Engine> Sequential { get; } = [Engine.Sequential];

    private static Exhibit Exhibit(CatalogEntry entry, string name, string defect) => new(name, entry.Topic, defect, entry.Spec, Engine.Sequential);
}

internal class Tally
{
    private int _count;

    public virtual int Add() => Interlocked.Increment(ref _count);
}

internal sealed class StuckTally : Tally
{
    public override int Add() => 1;
}

/// <summary>Adding answers with the new count.</summary>
internal class TallySpec : ConcurrentSpec<Tally, int>
{
    protected override Tally NewSubject() => new();

    protected override int InitialState => 0;

    protected override IEnumerable<Operation<Tally, int>> Operations => [Operation("Add", tally => tally.Add(), count => (count + 1, count + 1))];
}

internal sealed class LedgerSpec : TallySpec;

internal sealed class StuckTallySpec : TallySpec
{
    protected override Tally NewSubject() => new StuckTally();
}

internal sealed class NothingSpec : TallySpec
{
    protected override IEnumerable<Operation<Tally, int>> Operations => [];
}
