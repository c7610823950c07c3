using System.Diagnostics;
using ConcurrencySpecs.Processes;
using ConcurrencySpecs.Timeouts;

namespace ConcurrencySpecs.Contracts.Timeouts;

/// <summary>Work that ends about when its deadline comes, on the system's clock, in a process of its own.</summary>
/// <param name="Races">How often.</param>
/// <param name="Seed">How long each work and each limit is.</param>
public sealed record DeadlineRaces(int Races, ulong Seed)
{
    private const int RacesPerProcess = 25_000;

    /// <summary>Runs them in one process after the other, each with a seed of its own.</summary>
    public RaceTally RunInChildren()
    {
        var tally = new RaceTally(0, 0, 0, 0);
        for (int done = 0; done < Races; done += RacesPerProcess)
        {
            var share = new DeadlineRaces(Math.Min(RacesPerProcess, Races - done), Seed + (ulong)done);
            using ChildProcess<RaceTally> child = ChildProcess.Create<DeadlineRaces, RaceTally>(Run, share);
            child.Start();
            tally += child.Result;
        }

        return tally;
    }

    /// <summary>Runs them here.</summary>
    public static RaceTally Run(DeadlineRaces races)
    {
        var random = new Random((int)(races.Seed & int.MaxValue));
        int[] told = new int[races.Races];
        bool[] inTime = new bool[races.Races];
        int twice = 0;
        for (int i = 0; i < races.Races; i++)
        {
            int race = i;
            var limit = TimeSpan.FromMicroseconds(random.Next(50, 100));
            var deadline = new Deadline(limit);
            long start = Stopwatch.GetTimestamp();
            deadline.Token.Register(() => Interlocked.Increment(ref told[race]));
            TimeSpan work = limit + TimeSpan.FromMicroseconds(random.Next(-30, 70));
            while (Stopwatch.GetElapsedTime(start) < work) { }
            inTime[race] = deadline.TryComplete();
            if (Volatile.Read(ref told[race]) != (inTime[race] ? 0 : 1) || deadline.IsExpired == inTime[race]) twice++;
        }

        int late = inTime.Where((won, race) => Volatile.Read(ref told[race]) != (won ? 0 : 1)).Count();
        return new(inTime.Count(won => won), inTime.Count(won => !won), twice, late - Math.Min(late, twice));
    }
}

/// <summary>How races ended.</summary>
/// <param name="InTime">The work was first.</param>
/// <param name="Expired">The deadline was first.</param>
/// <param name="Undecided">Both won, or neither: completion, expiry and the token do not say the same.</param>
/// <param name="Late">The token was cancelled after the end of the race was known.</param>
public sealed record RaceTally(int InTime, int Expired, int Undecided, int Late)
{
    public bool Passed => Undecided == 0 && Late == 0;

    public static RaceTally operator +(RaceTally left, RaceTally right) => new(
        left.InTime + right.InTime, left.Expired + right.Expired, left.Undecided + right.Undecided, left.Late + right.Late);

    public override string ToString() =>
        $"{InTime + Expired:N0} races: {InTime:N0} in time, {Expired:N0} expired, {Undecided:N0} without exactly one winner, {Late:N0} told late";
}
