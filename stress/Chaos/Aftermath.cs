using System.Diagnostics;
using ConcurrencySpecs.Locks;
using ConcurrencySpecs.Processes;
using ConcurrencySpecs.SharedMemory;

namespace ConcurrencySpecs.Stress.Chaos;

/// <summary>What becomes of the others when a process is killed that has what they want.</summary>
/// <param name="Name">What it had.</param>
/// <param name="WentOn">Whether the next one got it.</param>
/// <param name="After">The time until then, or until the next one gave up.</param>
internal sealed record Aftermath(string Name, bool WentOn, TimeSpan After)
{
    public override string ToString() => WentOn ? $"went on after {After.TotalMilliseconds:0.0} ms" : $"hung, gave up after {After.TotalSeconds:0.0} s";

    /// <summary>Has a child take one of each of our kinds, kills it, and has this process be the next.</summary>
    public static IReadOnlyList<Aftermath> OfOurs(TimeSpan patience) =>
    [
        Of("lock", ProcessLock.Create(), it => Stay(it.Inside, () => it.Taken.Acquire()), it =>
        {
            if (it.Acquire(patience) != LockEntry.EnteredAbandoned) return false;
            it.MarkConsistent();
            it.Exit();
            return true;
        }),
        Of("semaphore", ProcessSemaphore.Create(1, 1), it => Stay(it.Inside, () => it.Taken.Wait()), it => it.TryWait(patience)),
        Of("shared value", SharedValue.Create<long>(), it => Stay(it.Inside, () => it.Taken.EnterScope()), it =>
        {
            bool isIn = it.TryEnterScope(patience, out SharedValueScope<long> scope);
            if (isIn) scope.Dispose();
            return isIn;
        }),
    ];

    private static Aftermath Of<T>(string name, T taken, Action<(T Taken, ProcessEvent Inside)> take, Func<T, bool> isNext) where T : IDisposable
    {
        using (taken)
        {
            using ProcessEvent inside = ProcessEvent.Create();
            using ChildProcess holder = ChildProcess.Create(take, (taken, inside)).Start();
            inside.Wait();
            long start = Stopwatch.GetTimestamp();
            holder.Kill();
            return new(name, isNext(taken), Stopwatch.GetElapsedTime(start));
        }
    }

    private static void Stay(ProcessEvent inside, Action take)
    {
        take();
        inside.Set();
        Thread.Sleep(Timeout.Infinite);
    }
}
