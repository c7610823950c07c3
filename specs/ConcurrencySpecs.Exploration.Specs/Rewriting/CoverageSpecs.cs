using System.Diagnostics.CodeAnalysis;
using ConcurrencySpecs.Exploration;
using Coverlet.Core.Instrumentation.Tracker;

public sealed class Coverage_instrumentation
{
    [Fact]
    public void changes_no_schedule()
    {
        ExplorationResult plain = Explore.Every(() =>
        {
            int n = 0;
            Together.Run(() => { n++; n++; }, () => { n++; });
        });
        ExplorationResult measured = Explore.Every(() =>
        {
            SpecsTracker.RecordHit(0);
            int n = 0;
            Together.Run(
                () => { SpecsTracker.RecordHit(1); n++; SpecsTracker.RecordHit(2); n++; SpecsTracker.RecordHit(3); },
                () => { SpecsTracker.RecordHit(2); n++; SpecsTracker.RecordHit(3); });
        });
        Assert.True(plain.Exhausted && measured.Exhausted);
        Assert.Equal((plain.Schedules, plain.Steps), (measured.Schedules, measured.Steps));
    }

    [Fact]
    public void counts_the_lines_that_are_explored()
    {
        const int Line = 8;
        int before = SpecsTracker.HitsOf(Line);
        ExplorationResult result = Explore.Every(() =>
        {
            int n = 0;
            Together.Run(() => { SpecsTracker.RecordHit(Line); n++; }, () => n++);
        });
        Assert.Equal(before + result.Schedules, SpecsTracker.HitsOf(Line));
    }
}

namespace Coverlet.Core.Instrumentation.Tracker
{
    /// <summary>What coverlet adds to an assembly that it measures: a counter per line, which every line increments.</summary>
    [SuppressMessage("Style", "IDE0161", Justification = "the name space is what the rewriter knows it by")]
    internal static class SpecsTracker
    {
        private static readonly int[] _hits = new int[16];

        public static int HitsOf(int line) => Volatile.Read(ref _hits[line]);

        public static void RecordHit(int line) => Interlocked.Increment(ref _hits[line]);
    }
}
