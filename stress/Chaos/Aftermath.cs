using System.Diagnostics;
using ConcurrencySpecs.Locks;
using ConcurrencySpecs.Processes;
using ConcurrencySpecs.SharedMemory;

namespace ConcurrencySpecs.Stress.Chaos;

/// <summary>What becomes of the others when a process is killed that has what they want, or waits where they meet.</summary>
/// <param name="Name">What it had.</param>
/// <param name="WentOn">Whether the next one got it.</param>
/// <param name="After">The time until then, or until the next one gave up.</param>
internal sealed record Aftermath(string Name, bool WentOn, TimeSpan After)
{
    public override string ToString() => WentOn ? $"went on after {After.TotalMilliseconds:0.0} ms" : $"hung, gave up after {After.TotalSeconds:0.0} s";

    /// <summary>Has a child take one of each of our kinds, kills it, and has this process be the next.</summary>
    public static IReadOnlyList<Aftermath> OfOurs(TimeSpan patience)
    {
        using ProcessLock guard = ProcessLock.Create();
        return
        [
            Of("lock", ProcessLock.Create(), it => Stay(it.Inside, () => it.Taken.Acquire()), it => Repair(it, patience)),
            Of("semaphore", ProcessSemaphore.Create(1, 1), it => Stay(it.Inside, () => it.Taken.Wait()), it => it.TryWait(patience)),
            Of("shared value", SharedValue.Create<long>(), it => Stay(it.Inside, () => it.Taken.EnterScope()), it => Change(it, patience)),
            Of("condition", ProcessCondition.Create(guard), it => Wait(it.Taken, it.Inside), it => Notify(it, patience),
                isThere: it => Notify(it, patience, 0)),
            Of("barrier", ProcessBarrier.Create(2), it => Arrive(it.Taken, it.Inside), it => it.TryWait(patience, out _) == BarrierResult.Broken,
                isThere: it => it.ParticipantsWaiting == 1),
        ];
    }

    private static Aftermath Of<T>(string name, T taken, Action<(T Taken, ProcessEvent Inside)> take, Func<T, bool> isNext, Predicate<T>? isThere = null)
        where T : IDisposable
    {
        using (taken)
        {
            using ProcessEvent inside = ProcessEvent.Create();
            using ChildProcess holder = ChildProcess.Create(take, (taken, inside)).Start();
            inside.Wait();
            while (isThere?.Invoke(taken) == false) Thread.Yield();
            long start = Stopwatch.GetTimestamp();
            holder.Kill();
            holder.Join();          // a barrier is crossed with one who is about to die
            return new(name, isNext(taken), Stopwatch.GetElapsedTime(start));
        }
    }

    private static void Stay(ProcessEvent inside, Action take)
    {
        take();
        inside.Set();
        Thread.Sleep(Timeout.Infinite);
    }

    private static void Arrive(ProcessBarrier barrier, ProcessEvent inside)
    {
        inside.Set();
        barrier.Wait();
    }

    // Whoever enters the lock after this has said that it is inside finds it waiting.
    private static void Wait(ProcessCondition condition, ProcessEvent inside)
    {
        condition.Guard.Enter();
        inside.Set();
        condition.Wait();
    }

    private static bool Notify(ProcessCondition condition, TimeSpan patience, int count = int.MaxValue)
    {
        if (!condition.Guard.TryEnter(patience)) return false;
        if (count > 0) condition.Notify(count);
        condition.Guard.Exit();
        return true;
    }

    private static bool Repair(ProcessLock taken, TimeSpan patience)
    {
        if (taken.Acquire(patience) != LockEntry.EnteredAbandoned) return false;
        taken.MarkConsistent();
        taken.Exit();
        return true;
    }

    private static bool Change(SharedValue<long> taken, TimeSpan patience)
    {
        bool isIn = taken.TryEnterScope(patience, out SharedValueScope<long> scope);
        if (isIn) scope.Dispose();
        return isIn;
    }
}
