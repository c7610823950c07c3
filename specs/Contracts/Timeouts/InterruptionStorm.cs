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

namespace ConcurrencySpecs.Contracts.Timeouts;

/// <summary>Every blocking call of the library on a thread whose system calls are interrupted all the time: each keeps its limit, none returns early.</summary>
public static class InterruptionStorm
{
    private static readonly TimeSpan _limit = TimeSpan.FromMilliseconds(3);

    // Each waits for what never comes, and says whether it timed out as it should.
    private static readonly Dictionary<string, Func<Holder, Func<bool>>> _calls = new()
    {
        ["FutexLock.TryEnter"] = held => Held(held, new FutexLock()),
        ["McsLock.TryEnter"] = held => Held(held, new McsLock()),
        ["TicketLock.TryEnter"] = held => Held(held, new TicketLock()),
        ["RecursiveLock.TryEnter"] = held => Held(held, new RecursiveLock()),
        ["ProcessLock.TryEnter"] = held => Held(held, ProcessLock.Create()),
        ["RecursiveProcessLock.TryEnter"] = held => Held(held, RecursiveProcessLock.Create()),
        ["PhaseFairReaderWriterLock.TryEnterRead"] = held =>
        {
            var door = new PhaseFairReaderWriterLock();
            held.Hold(() => door.EnterWrite(), door.ExitWrite);
            return () => !door.TryEnterRead(_limit);
        },
        ["CountingSemaphore.TryWait"] = _ => Empty(new CountingSemaphore(0)),
        ["CountdownLatch.TryWait"] = _ => Empty(new CountdownLatch(1)),
        ["ManualGate.TryWait"] = _ => Empty(new ManualGate(false)),
        ["AutoGate.TryWait"] = _ => Empty(new AutoGate(false)),
        ["ConditionVariable.TryWait"] = _ => () =>
        {
            var mutex = new FutexLock();
            var condition = new ConditionVariable(mutex);
            mutex.Enter();
            bool notified = condition.TryWait(_limit);
            mutex.Exit();
            return !notified;
        },
        ["CyclicBarrier.TryWait"] = _ => () => new CyclicBarrier(2).TryWait(_limit, out int _) == BarrierResult.TimedOut,
        ["ProcessSemaphore.TryWait"] = _ =>
        {
            ProcessSemaphore semaphore = ProcessSemaphore.Create(0);
            return () => !semaphore.TryWait(_limit);
        },
        ["ProcessEvent.TryWait"] = _ =>
        {
            ProcessEvent never = ProcessEvent.Create();
            return () => !never.TryWait(_limit);
        },
        ["ProcessBarrier.TryWait"] = _ =>
        {
            ProcessBarrier barrier = ProcessBarrier.Create(2);
            return () =>
            {
                bool timedOut = barrier.TryWait(_limit, out int _) == BarrierResult.TimedOut;
                barrier.Reset();                   // who gives up breaks it
                return timedOut;
            };
        },
        ["ProcessCondition.TryWait"] = _ =>
        {
            ProcessLock guard = ProcessLock.Create();
            ProcessCondition never = ProcessCondition.Create(guard);
            return () =>
            {
                guard.Enter();
                bool notified = never.TryWait(_limit);
                guard.Exit();
                return !notified;
            };
        },
        ["ProcessReaderWriterLock.TryEnterWrite"] = held =>
        {
            ProcessReaderWriterLock door = ProcessReaderWriterLock.Create();
            held.Hold(() => door.EnterRead(), door.ExitRead);
            return () => !door.TryEnterWrite(_limit);
        },
        ["SharedValue.TryEnterScope"] = held =>
        {
            SharedValue<int> value = SharedValue.Create(0);
            held.Hold(() => value.EnterScope());
            return () => !value.TryEnterScope(_limit, out SharedValueScope<int> _);
        },
        ["EventCount.Wait"] = _ => () =>
        {
            var count = new EventCount();
            return !count.Wait(count.Announce(), _limit);
        },
        ["BlockingQueue.TryGet"] = _ => () => new BlockingQueue<int>(1).TryGet(out int _, _limit) == GetResult.TimedOut,
        ["BlockingQueue.TryPut"] = _ => () =>
        {
            var queue = new BlockingQueue<int>(1);
            queue.TryPut(1);
            return queue.TryPut(2, _limit) == PutResult.TimedOut;
        },
        ["ChildProcess.Join"] = _ =>
        {
            ChildProcess child = ChildProcess.Create(WaitForEver, new() { Lifetime = ChildLifetime.KilledWithParent }).Start();
            return () => !child.Join(_limit);
        },
        ["IsolatedFunction.Run"] = _ =>
        {
            var function = new IsolatedFunction<int, int>(Loop);
            function.Run(0, Timeout.InfiniteTimeSpan);
            return () => Expires(() => function.Run(1, _limit));
        },
        ["Deadline.Run"] = _ => () => Expires(() => Deadline.Run(_limit, scope => scope.Token.WaitHandle.WaitOne())),
        ["the clock's timer"] = _ =>
        {
            int timer = TimerCalls.Create();
            return () =>
            {
                TimerCalls.Set(timer, Stopwatch.GetTimestamp() + (_limit.Ticks * 100));
                TimerCalls.Await(timer);
                return true;
            };
        },
        ["Signals.Raise"] = _ =>
        {
            int handled = 0;
            IDisposable on = AllSignals.On(Signal.Usr1, _ => Spend(_limit, ref handled));
            return () =>
            {
                int before = handled;
                AllSignals.Raise(Signal.Usr1);
                return handled == before + 1;
            };
        },
    };

    /// <summary>The calls by name.</summary>
    public static IReadOnlyCollection<string> Calls => _calls.Keys;

    /// <summary>Makes calls in the storm, in a process of their own; says what went wrong, or nothing.</summary>
    public static string WeatherInChild(TimeSpan patience, params string[] calls)
    {
        using ChildProcess<string> child = ChildProcess.Create<string[], string>(Weather, calls);
        child.Start();
        return child.Join(patience) ? child.Result : $"{string.Join(", ", calls)} had not returned after {patience.TotalSeconds} s";
    }

    private static string Weather(string[] calls) =>
        string.Join("; ", calls.Select(call => (Call: call, Wrong: Weather(call)))
            .Where(one => one.Wrong.Length > 0).Select(one => $"{one.Call}: {one.Wrong}"));

    /// <summary>Makes one of the calls several times in the storm.</summary>
    private static string Weather(string call)
    {
        ThreadInterruption.Prepare();
        using var holder = new Holder();
        Func<bool> timesOut = _calls[call](holder);
        int thread = 0, interruptions = 0;
        string wrong = "";
        bool done = false;
        var working = new Thread(() =>
        {
            Volatile.Write(ref thread, SignalCalls.CurrentThread());
            for (int i = 0; i < 4 && wrong.Length == 0; i++) wrong = Try(timesOut);
            Volatile.Write(ref done, true);
            while (Volatile.Read(ref thread) != 0) Thread.SpinWait(100);        // stays until nobody signals it any more
        })
        { IsBackground = true };
        working.Start();
        while (Volatile.Read(ref thread) == 0) Thread.SpinWait(100);
        for (; !Volatile.Read(ref done); interruptions++)
        {
            ThreadInterruption.Interrupt(thread);
            Thread.SpinWait(2_000);
        }

        Volatile.Write(ref thread, 0);
        working.Join();
        return wrong.Length == 0 && interruptions < 10 ? $"only {interruptions} interruptions: that is no storm" : wrong;
    }

    private static string Try(Func<bool> timesOut)
    {
        try
        {
            long start = Stopwatch.GetTimestamp();
            bool asItShould = timesOut();
            TimeSpan took = Stopwatch.GetElapsedTime(start);
            return !asItShould ? "it did not time out" : took < _limit ? $"it returned after {took.TotalMilliseconds} ms of {_limit.TotalMilliseconds}" : "";
        }
        catch (Exception thrown)
        {
            return $"it threw {thrown}";
        }
    }

    private static Func<bool> Held(Holder holder, ILock held)
    {
        holder.Hold(() => held.Enter(), held.Exit);
        return () => !held.TryEnter(_limit);
    }

    private static Func<bool> Empty(Waitable waitable) => () => !waitable.TryWait(_limit);

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

    private static void Spend(TimeSpan time, ref int handled)
    {
        for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < time;) Thread.SpinWait(100);
        handled++;
    }

    private static int Loop(int loops)
    {
        while (loops > 0) Thread.SpinWait(1_000);
        return loops;
    }

    private static void WaitForEver()
    {
        using var never = new ManualResetEventSlim();
        never.Wait();
    }

    /// <summary>Another thread, that holds something until it is let go.</summary>
    private sealed class Holder : IDisposable
    {
        private readonly ManualResetEventSlim _held = new(), _release = new();
        private Thread? _thread;

        public void Hold(Action enter, Action? exit = null)
        {
            _thread = new Thread(() =>
            {
                enter();
                _held.Set();
                _release.Wait();
                exit?.Invoke();
            })
            { IsBackground = true };
            _thread.Start();
            _held.Wait();
        }

        public void Dispose()
        {
            _release.Set();
            _thread?.Join();
            _held.Dispose();
            _release.Dispose();
        }
    }
}
