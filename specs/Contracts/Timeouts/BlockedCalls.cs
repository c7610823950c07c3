using System.Diagnostics;
using ConcurrencySpecs.Locks;
using ConcurrencySpecs.Native;
using ConcurrencySpecs.Processes;
using ConcurrencySpecs.Queues;
using ConcurrencySpecs.SharedMemory;
using ConcurrencySpecs.Signals;
using ConcurrencySpecs.Timeouts;
using ConcurrencySpecs.Waiting;
using AllSignals = ConcurrencySpecs.Signals.Signals;
using Blocked = System.Collections.Generic.KeyValuePair<string, System.Func<ConcurrencySpecs.Contracts.Timeouts.Holder, System.Func<bool>>>;

namespace ConcurrencySpecs.Contracts.Timeouts;

/// <summary>Every blocking call of the library, made where it waits for what never comes; each says whether its limit ended it as it should.</summary>
/// <remarks>Calls without a limit of their own get a token that is cancelled after it. A spec compares the names with the public members.</remarks>
internal static class BlockedCalls
{
    public static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(3);

    public static IReadOnlyDictionary<string, Func<Holder, Func<bool>>> All { get; } = new Dictionary<string, Func<Holder, Func<bool>>>(
    [
        .. OfLock(static () => new FutexLock()),
        .. OfLock(static () => new McsLock()),
        .. OfLock(static () => new TicketLock()),
        .. OfLock(static () => new RecursiveLock()),
        .. OfLock(static () => ProcessLock.Create()),
        .. OfLock(static () => RecursiveProcessLock.Create()),
        Of("LockScopes.EnterScope", held => Held(held, new FutexLock()), gate => Cancelled(cancel => gate.EnterScope(cancel))),
        Of("ProcessLock.Acquire", held => Held(held, ProcessLock.Create()), gate =>
            Both(() => gate.Acquire(Limit) == LockEntry.TimedOut, Cancelled(cancel => gate.Acquire(cancel)))),
        Of("RecursiveProcessLock.Acquire", held => Held(held, RecursiveProcessLock.Create()), gate =>
            Both(() => gate.Acquire(Limit) == LockEntry.TimedOut, Cancelled(cancel => gate.Acquire(cancel)))),
        Of("SeqLock.TryWrite", BeingWritten, value => () => !value.TryWrite(1, Limit)),
        Of("SeqLock.Write", BeingWritten, value => Cancelled(cancel => value.Write(1, cancel))),

        Of("PhaseFairReaderWriterLock.TryEnterRead", Written, door => () => !door.TryEnterRead(Limit)),
        Of("PhaseFairReaderWriterLock.EnterRead", Written, door => Cancelled(door.EnterRead)),
        Of("PhaseFairReaderWriterLock.EnterReadScope", Written, door => Cancelled(cancel => door.EnterReadScope(cancel))),
        Of("PhaseFairReaderWriterLock.TryEnterWrite", Written, door => () => !door.TryEnterWrite(Limit)),
        Of("PhaseFairReaderWriterLock.EnterWrite", Written, door => Cancelled(door.EnterWrite)),
        Of("PhaseFairReaderWriterLock.EnterWriteScope", Written, door => Cancelled(cancel => door.EnterWriteScope(cancel))),
        Of("ProcessReaderWriterLock.TryEnterRead", WrittenByProcesses, door => () => !door.TryEnterRead(Limit)),
        Of("ProcessReaderWriterLock.EnterRead", WrittenByProcesses, door => Cancelled(door.EnterRead)),
        Of("ProcessReaderWriterLock.AcquireRead", WrittenByProcesses, door => () => door.AcquireRead(Limit) == LockEntry.TimedOut),
        Of("ProcessReaderWriterLock.TryEnterWrite", ReadByProcesses, door => () => !door.TryEnterWrite(Limit)),
        Of("ProcessReaderWriterLock.EnterWrite", ReadByProcesses, door => Cancelled(door.EnterWrite)),
        Of("ProcessReaderWriterLock.AcquireWrite", ReadByProcesses, door => () => door.AcquireWrite(Limit) == LockEntry.TimedOut),

        .. OfWaitable(static () => new CountingSemaphore(0)),
        .. OfWaitable(static () => new CountdownLatch(1)),
        .. OfWaitable(static () => new ManualGate(false)),
        .. OfWaitable(static () => new AutoGate(false)),
        Of("ProcessSemaphore.TryWait", _ => ProcessSemaphore.Create(0), none => () => !none.TryWait(Limit)),
        Of("ProcessSemaphore.Wait", _ => ProcessSemaphore.Create(0), none => Cancelled(none.Wait)),
        Of("ProcessEvent.TryWait", _ => ProcessEvent.Create(), never => () => !never.TryWait(Limit)),
        Of("ProcessEvent.Wait", _ => ProcessEvent.Create(), never => Cancelled(never.Wait)),
        Of("EventCount.Wait", _ => new EventCount(), count =>
            Both(() => !count.Wait(count.Announce(), Limit), Cancelled(cancel => count.Wait(count.Announce(), cancel)))),

        .. OfCondition(static gate => new ConditionVariable(gate), static () => new FutexLock(),
            static never => never.TryWait(Limit), static (never, cancel) => never.Wait(cancel),
            static never => never.TryWaitFor(static () => false, Limit), static (never, cancel) => never.WaitFor(static () => false, cancel)),
        .. OfCondition(static gate => ProcessCondition.Create(gate), static () => ProcessLock.Create(),
            static never => never.TryWait(Limit), static (never, cancel) => never.Wait(cancel),
            static never => never.TryWaitFor(static () => false, Limit), static (never, cancel) => never.WaitFor(static () => false, cancel)),

        // Who gives up breaks a barrier.
        Of("CyclicBarrier.TryWait", _ => 2, parties => () => new CyclicBarrier(parties).TryWait(Limit, out int _) == BarrierResult.TimedOut),
        Of("CyclicBarrier.Wait", _ => 2, parties => Cancelled(cancel => new CyclicBarrier(parties).Wait(cancel))),
        Of("ProcessBarrier.TryWait", _ => ProcessBarrier.Create(2), barrier =>
            Afterwards(barrier.Reset, () => barrier.TryWait(Limit, out int _) == BarrierResult.TimedOut)),
        Of("ProcessBarrier.Wait", _ => ProcessBarrier.Create(2), barrier => Afterwards(barrier.Reset, Cancelled(cancel => barrier.Wait(cancel)))),

        Of("SharedValue.TryEnterScope", Shared, value => () => !value.TryEnterScope(Limit, out SharedValueScope<int> _)),
        Of("SharedValue.EnterScope", Shared, value => Cancelled(cancel => value.EnterScope(cancel))),
        Of("SharedValue.Update", Shared, value => Cancelled(cancel => value.Update(static old => old, cancel))),
        Of("SharedArray.EnterScope", SharedMany, values => Cancelled(cancel => values.EnterScope(0, cancel))),
        Of("SharedArray.Update", SharedMany, values => Cancelled(cancel => values.Update(0, static old => old, cancel))),

        Of("BlockingQueue.TryGet", _ => new BlockingQueue<int>(1), empty => () => empty.TryGet(out int _, Limit) == GetResult.TimedOut),
        Of("BlockingQueue.Get", _ => new BlockingQueue<int>(1), empty => Cancelled(cancel => empty.Get(cancel))),
        Of("BlockingQueue.TryPut", _ => Full(), full => () => full.TryPut(2, Limit) == PutResult.TimedOut),
        Of("BlockingQueue.Put", _ => Full(), full => Cancelled(cancel => full.Put(2, cancel))),

        Of("ChildProcess.Join", _ => Started(), child => () => !child.Join(Limit)),
        Of("ParentProcess.Join", _ => ChildProcess.Parent!, parent => () => !parent.Join(Limit)),
        Of("IsolatedFunction.Run", _ => Warm(new IsolatedFunction<int, int>(Loop)), function => () => Expires(() => function.Run(1, Limit))),
        Of("Deadline.Run", _ => Limit, limit => () => Expires(() => Deadline.Run(limit, scope => scope.Token.WaitHandle.WaitOne()))),
        Of("Signals.Raise", Counting, handled => () =>
        {
            int before = handled.Count;
            AllSignals.Raise(Signal.Usr1);
            return handled.Count == before + 1;
        }),
        Of("the clock's timer", _ => TimerCalls.Create(), timer => () =>
        {
            TimerCalls.Set(timer, Stopwatch.GetTimestamp() + (Limit.Ticks * 100));
            TimerCalls.Await(timer);
            return true;
        }),
    ]);

    private static Blocked Of<T>(string name, Func<Holder, T> blocked, Func<T, Func<bool>> call) =>
        new(name, held => call(blocked(held)));

    private static Blocked[] OfLock<T>(Func<T> make) where T : ILock =>
    [
        Of($"{typeof(T).Name}.TryEnter", held => Held(held, make()), gate => () => !gate.TryEnter(Limit)),
        Of($"{typeof(T).Name}.Enter", held => Held(held, make()), gate => Cancelled(gate.Enter)),
    ];

    private static Blocked[] OfWaitable<T>(Func<T> make) where T : Waitable =>
    [
        Of($"{typeof(T).Name}.TryWait", _ => make(), never => () => !never.TryWait(Limit)),
        Of($"{typeof(T).Name}.Wait", _ => make(), never => Cancelled(never.Wait)),
    ];

    private static Blocked[] OfCondition<T, TLock>(
        Func<TLock, T> make, Func<TLock> gate, Func<T, bool> tryWait, Action<T, CancellationToken> wait,
        Func<T, bool> tryWaitFor, Action<T, CancellationToken> waitFor) where TLock : ILock
    {
        return
        [
            Guarded("TryWait", never => () => !tryWait(never)),
            Guarded("Wait", never => Cancelled(cancel => wait(never, cancel))),
            Guarded("TryWaitFor", never => () => !tryWaitFor(never)),
            Guarded("WaitFor", never => Cancelled(cancel => waitFor(never, cancel))),
        ];

        Blocked Guarded(string method, Func<T, Func<bool>> call) => Of($"{typeof(T).Name}.{method}", _ => gate(), mutex =>
        {
            Func<bool> ends = call(make(mutex));
            return () =>
            {
                mutex.Enter();
                bool asItShould = ends();
                mutex.Exit();
                return asItShould;
            };
        });
    }

    private static T Held<T>(Holder holder, T gate) where T : ILock
    {
        holder.Hold(() => gate.Enter(), gate.Exit);
        return gate;
    }

    private static SeqLock<int> BeingWritten(Holder holder)
    {
        var value = new SeqLock<int>();
        holder.Hold(stay => value.Update(old =>
        {
            stay();
            return old;
        }));
        return value;
    }

    private static PhaseFairReaderWriterLock Written(Holder holder)
    {
        var door = new PhaseFairReaderWriterLock();
        holder.Hold(() => door.EnterWrite(), door.ExitWrite);
        return door;
    }

    private static ProcessReaderWriterLock WrittenByProcesses(Holder holder)
    {
        ProcessReaderWriterLock door = ProcessReaderWriterLock.Create();
        holder.Hold(() => door.EnterWrite(), door.ExitWrite);
        return door;
    }

    private static ProcessReaderWriterLock ReadByProcesses(Holder holder)
    {
        ProcessReaderWriterLock door = ProcessReaderWriterLock.Create();
        holder.Hold(() => door.EnterRead(), door.ExitRead);
        return door;
    }

    private static SharedValue<int> Shared(Holder holder)
    {
        SharedValue<int> value = SharedValue.Create(0);
        holder.Hold(() => value.EnterScope());
        return value;
    }

    private static SharedArray<int> SharedMany(Holder holder)
    {
        SharedArray<int> values = SharedArray.Create<int>(1);
        holder.Hold(() => values.EnterScope(0));
        return values;
    }

    private static BlockingQueue<int> Full()
    {
        var queue = new BlockingQueue<int>(1);
        queue.TryPut(1);
        return queue;
    }

    private static IsolatedFunction<int, int> Warm(IsolatedFunction<int, int> function)
    {
        function.Run(0, Timeout.InfiniteTimeSpan);
        return function;
    }

    private static Handled Counting(Holder _)
    {
        var handled = new Handled();
        AllSignals.On(Signal.Usr1, _ =>
        {
            for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < Limit;) Thread.SpinWait(100);
            handled.Count++;
        });
        return handled;
    }

    private static Func<bool> Both(Func<bool> one, Func<bool> other) => () => one() && other();

    private static Func<bool> Afterwards(Action restore, Func<bool> call) => () =>
    {
        bool asItShould = call();
        restore();
        return asItShould;
    };

    private static Func<bool> Cancelled(Action<CancellationToken> call) => () =>
    {
        using var limit = new Deadline(Limit);
        try
        {
            call(limit.Token);
            return false;
        }
        catch (OperationCanceledException)
        {
            return true;
        }
    };

    private static bool Expires(Action call)
    {
        try
        {
            call();
            return false;
        }
        catch (TimeoutException)
        {
            return true;
        }
    }

    private static int Loop(int loops)
    {
        while (loops > 0) Thread.SpinWait(1_000);
        return loops;
    }

    private static ChildProcess Started() => ChildProcess.Create(WaitForEver, new() { Lifetime = ChildLifetime.KilledWithParent }).Start();

    private static void WaitForEver()
    {
        using var never = new ManualResetEventSlim();
        never.Wait();
    }

    /// <summary>How many signals were handled.</summary>
    private sealed class Handled
    {
        public int Count { get; set; }
    }
}
