using System.Diagnostics;
using ConcurrencySpecs.Contracts.Processes;
using ConcurrencySpecs.Processes;
using ConcurrencySpecs.SharedMemory;
using ConcurrencySpecs.Testing;

/// <summary>Kills processes that share something at random moments, and sees how long a survivor is kept waiting.</summary>
internal static class Kills
{
    private const int Rounds = 2, MicrosecondsBeforeAKill = 20_000;

    private static readonly TimeSpan _promise = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    /// <summary>Two processes work, one of them is killed, and both are replaced by the next two.</summary>
    /// <param name="seed">Together with the run's seed, where the moments come from.</param>
    /// <param name="work">What each process does for ever, once it has said that it begins.</param>
    /// <param name="subject">What they share.</param>
    /// <param name="survive">What the survivor does again and again: it must not be kept waiting, and asserts that nothing is torn.</param>
    public static void AgainAndAgain<T>(int seed, Action<Scene<T>> work, T subject, Action<CancellationToken> survive)
    {
        using var bystander = new Bystander();
        using var begun = SharedValue.Create(0);
        var scene = new Scene<T>(subject, begun);
        ulong random = Seeds.Mix(Seeds.FromEnvironment(), (ulong)seed);
        for (int i = 1; i <= Rounds; i++)
        {
            using ChildProcess first = ChildProcess.Create(work, scene).Start();
            using ChildProcess second = ChildProcess.Create(work, scene).Start();
            Threads.WaitUntil(() => begun.Value == 2 * i);      // one that loads its runtime has nothing to tear
            random = Seeds.Mix(random, (ulong)i);
            var moment = TimeSpan.FromMicroseconds(random % MicrosecondsBeforeAKill);
            int[] both = [first.Id!.Value, second.Id!.Value];
            for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < moment;) Survive(both);
            ((random >> 32 & 1) == 0 ? first : second).Kill();
            Survive(both);
            Survive(both);
        }

        void Survive(int[] beside)
        {
            using var patience = new CancellationTokenSource(_patience);
            long start = bystander.Begin(beside);
            survive(patience.Token);
            TimeSpan excess = bystander.Excess(start, _promise);
            Assert.True(excess <= TimeSpan.Zero,
                $"The survivor was kept waiting for {_promise.TotalMilliseconds:F0} ms and {excess.TotalMilliseconds:F1} ms more than the machine explains: "
                + $"a bystander was {bystander.Lateness.TotalMilliseconds:F1} ms late at most, "
                + $"and one of the others {bystander.InLine.TotalMilliseconds:F1} ms in line for a core.");
        }
    }
}

/// <summary>What those who are killed have in common.</summary>
internal sealed record Scene<T>(T Subject, SharedValue<int> Begun)
{
    /// <summary>Says that a process is about to begin, and gives what it works on.</summary>
    public T Begin()
    {
        Begun.Add(1);
        return Subject;
    }
}
