using ConcurrencySpecs.Exploration.Scheduling;
using Microsoft.Coyote.Random;
using Microsoft.Coyote.Runtime;

namespace ConcurrencySpecs.Exploration.Coyote;

/// <summary>Lets Coyote choose and wake: thread 0 runs on the thread of Coyote's test, every other one is an operation on a thread of ours.</summary>
/// <remarks>
/// <para>Spawn is CreateNext and Start; a step is Interleave for a thread that may go and PauseUntil for one that may not; joins and locks are such
/// pauses too, since the explorer knows who may go. What the program draws without a seed is a boolean or an integer choice. The test ends when all
/// operations have completed.</para>
/// <para>Failure — when Coyote ends a schedule by itself (its bound, a trace that does not fit) it interrupts its own threads and forgets ours. Then whoever
/// is interrupted first tells the explorer and interrupts the others, which leave one by one over the explorer's gates.</para>
/// <para>One core — all threads of an execution are pinned to the explorer's core, where a hand-over costs least.</para>
/// </remarks>
internal sealed class CoyoteBackend : DrivingBackend
{
    private readonly CoyoteDriver _driver;
    private readonly ulong[] _operations = new ulong[Execution.MaxThreads];
    private readonly Thread?[] _inside = new Thread?[Execution.MaxThreads];    // threads that wait in Coyote
    private readonly Func<bool>[] _mayGo = new Func<bool>[Execution.MaxThreads];
    private readonly object _mutex = new();
    private CoreClaim? _core;
    private int _open;                         // operations that have not completed
    private int _alive;                        // threads of ours, guarded by _mutex
    private int _ended;

    public CoyoteBackend(CoyoteDriver driver, ulong seed)
    {
        _driver = driver;
        Search = new CoyoteSearch(driver, this, seed);
    }

    public override string Name => _driver.Name;

    /// <summary>The one search that this backend is for.</summary>
    public CoyoteSearch Search { get; }

    /// <summary>Whether Coyote ended the running execution by itself.</summary>
    public bool HasEnded => Volatile.Read(ref _ended) != 0;

    public override IGate NewGate() => FutexCalls.Supported ? new FutexGate() : new MonitorGate();

    public override void Open() => _core = CoreClaim.TryTake();

    public override void Settle() => _core?.Pin();

    public override void Close()
    {
        _core?.Dispose();
        _core = null;
    }

    public override void Run(Action main)
    {
        (_open, _ended) = (0, 0);
        Search.RunIteration(main);
    }

    /// <summary>The body of Coyote's test, on Coyote's thread.</summary>
    public void RunTest(Action main)
    {
        SynchronizationContext.SetSynchronizationContext(null);                 // Coyote's would take what the program posts
        main();
        if (!HasEnded && Volatile.Read(ref _open) != 0) Inside(0, () => Operation.PauseUntil(() => _open == 0));
        lock (_mutex) while (_alive > 0) Monitor.Wait(_mutex);                  // their last calls too
    }

    public override void Start(int thread, Action life)
    {
        ulong operation = Operation.CreateNext() ?? throw new InvalidOperationException("Coyote does not control this thread.");
        _operations[thread] = operation;
        _open++;
        lock (_mutex) _alive++;
        Operation.Start(operation);
        new Thread(() => Live(life), Carrier.StackBytes) { IsBackground = true, Name = $"{Name}, thread {thread}" }.Start();
    }

    public override bool Begin(int thread)
    {
        bool mine = Inside(thread, () => Operation.OnStarted(_operations[thread]));
        SynchronizationContext.SetSynchronizationContext(null);
        return mine && WaitFor(thread);
    }

    public override bool Turn(int thread) => MayGo(thread) ? Inside(thread, SchedulingPoint.Interleave) && WaitFor(thread) : WaitFor(thread);

    public override void Leave(int thread)
    {
        if (thread == 0 || HasEnded) return;
        _open--;
        Inside(thread, () =>
        {
            Operation.OnCompleted();
            Operation.ScheduleNext();
        });
    }

    /// <summary>Coyote's choice for the thread on the move: a boolean for two ways, an integer for more; 0 once it has ended the execution.</summary>
    public int Draw(int thread, int ways)
    {
        int drawn = 0;
        if (HasEnded) return drawn;
        Inside(thread, () =>
        {
            Generator choices = Generator.Create();
            drawn = ways > 2 ? choices.NextInteger(ways) : choices.NextBoolean() ? 1 : 0;
        });
        return drawn;
    }

    /// <summary>Coyote may let a thread go that could have gone some steps ago: it pauses again.</summary>
    private bool WaitFor(int thread)
    {
        while (!HasEnded && !MayGo(thread))
            if (!Inside(thread, () => Operation.PauseUntil(_mayGo[thread] ??= () => MayGo(thread)))) return false;
        return !HasEnded;
    }

    private void Live(Action life)
    {
        try
        {
            life();
        }
        finally
        {
            lock (_mutex)
                if (--_alive == 0) Monitor.Pulse(_mutex);
        }
    }

    /// <summary>A call of Coyote; false when Coyote has ended the execution meanwhile.</summary>
    private bool Inside(int thread, Action call)
    {
        Volatile.Write(ref _inside[thread], Thread.CurrentThread);
        try
        {
            call();
        }
        catch (ThreadInterruptedException)
        {
            EndAll(thread);
        }
        finally
        {
            Volatile.Write(ref _inside[thread], null);
        }
        return !HasEnded;
    }

    private void EndAll(int first)
    {
        if (Interlocked.Exchange(ref _ended, 1) != 0) return;
        Ended();
        for (int thread = 0; thread < _inside.Length; thread++)
            if (thread != first) Volatile.Read(ref _inside[thread])?.Interrupt();
    }
}
