using ConcurrencySpecs.Exploration.Scheduling;

namespace ConcurrencySpecs.Exploration.Twins;

/// <summary>What twins keep for one logical thread. It is the thread's tag, which is empty when an execution begins.</summary>
internal class ThreadState
{
    public static ThreadState Mine => Of(Execution.Current!.Running);

    public static ThreadState Of(LogicalThread thread) =>
        (ThreadState)(thread.Tag ??= thread.Id == 0 ? new ExecutionState() : new ThreadState());

    /// <summary>The Thread that the program sees, once it has asked.</summary>
    public Thread? Thread { get; set; }

    /// <summary>The values of the program's ThreadLocals.</summary>
    public Dictionary<object, object?> Locals => field ??= new(ReferenceEqualityComparer.Instance);

    /// <summary>The mutexes that the thread owns; it abandons them when it ends.</summary>
    public List<MutexState> Mutexes => field ??= [];

    /// <summary>How many generators without a seed the thread has made.</summary>
    public int Randoms { get; set; }

    /// <summary>What Random.Shared is to this thread.</summary>
    public Random? SharedRandom { get; set; }

    /// <summary>The robust mutexes that the thread holds, and the one that it is about to take or let go of: their addresses.</summary>
    public List<nint> Robust => field ??= [];

    public nint Pending { get; set; }

    /// <summary>The word at which the thread sleeps.</summary>
    public FutexWord? Asleep { get; set; }

    /// <summary>Where the clock was read last, and how far the next reading from there moves it.</summary>
    public (int Site, long Milliseconds) ClockReading { get; set; }
}

/// <summary>What twins keep for one execution: the state of thread 0 and more.</summary>
internal sealed class ExecutionState : ThreadState
{
    private readonly Dictionary<(Type, object), SyncObject> _states = new(ByIdentity.Instance);
    private readonly Dictionary<nint, FutexWord> _futexes = [];     // an execution during which the collector moved something is repeated

    public static ExecutionState Current => (ExecutionState)Of(Execution.Current!.Thread(0));

    /// <summary>The state kept for an object that is the program's or the runtime's own: a monitor, a task, a token source.</summary>
    public T Of<T>(object of) where T : SyncObject, new()
    {
        if (_states.TryGetValue((typeof(T), of), out SyncObject? known)) return (T)known;
        var made = new T();
        _states.Add((typeof(T), of), made);
        return made;
    }

    /// <summary>The threads as processes.</summary>
    public ProcessTable Processes { get; } = new();

    /// <summary>Whether any thread may die.</summary>
    public bool HasMortals { get; set; }

    /// <summary>Has all sleepers at words between processes look again, each in a step of its own.</summary>
    public void WakeSleepers()
    {
        foreach (FutexWord word in _futexes.Values.ToArray())
        {
            if (!word.IsShared) continue;
            Steps.Change(word, StepKind.Signal);
            word.Rouse();
        }
    }

    /// <summary>The sleepers at a word of the program's, by its address.</summary>
    public FutexWord FutexAt(nint address)
    {
        if (!_futexes.TryGetValue(address, out FutexWord? word)) _futexes[address] = word = new FutexWord();
        return word;
    }

    private sealed class ByIdentity : IEqualityComparer<(Type Kind, object Of)>
    {
        public static readonly ByIdentity Instance = new();
        public bool Equals((Type Kind, object Of) x, (Type Kind, object Of) y) => x.Of == y.Of && x.Kind == y.Kind;
        public int GetHashCode((Type Kind, object Of) key) => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(key.Of);
    }
}
