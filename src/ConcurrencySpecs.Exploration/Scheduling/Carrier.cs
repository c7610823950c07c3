namespace ConcurrencySpecs.Exploration.Scheduling;

/// <summary>An operating-system thread that runs logical threads, one after the other or on top of each other, and is kept between executions;
/// under a driver, the one thread of one logical thread.</summary>
internal sealed class Carrier
{
    public const int StackBytes = 1 << 20;
    public const int Reserve = 160 << 10;      // what a hook and the unwinding of an exception need below the last frame of the program

    /// <summary>How much of it a thread that has been told to leave may use for cleaning up.</summary>
    public const int ReserveForLeaving = 64 << 10;

    private readonly Execution _execution;
    private readonly Action<Carrier>? _loop;

    public Carrier(Execution execution, Action<Carrier> loop, string name, Backend backend)
    {
        _execution = execution;
        _loop = loop;
        Gate = backend.NewGate();
        Os = new Thread(Main, StackBytes) { IsBackground = true, Name = name };
        Os.Start();
    }

    /// <summary>For one logical thread under a driver, whose operating-system thread calls <see cref="Adopt"/> first.</summary>
    public Carrier(Execution execution, Backend backend)
    {
        _execution = execution;
        Gate = backend.NewGate();
        Os = Thread.CurrentThread;
    }

    public IGate Gate { get; }
    public Thread Os { get; private set; }

    /// <summary>The addresses of the stack: what lies here belongs to one thread.</summary>
    public nint StackLow { get; private set; }
    public nint StackHigh { get; private set; }

    /// <summary>Below this address there is no room for one more call.</summary>
    public nint StackLimit { get; private set; }

    /// <summary>What to run next; set before the gate opens.</summary>
    public LogicalThread? Next { get; set; }

    private void Main()
    {
        Adopt();
        _loop!(this);
    }

    /// <summary>Makes the calling thread this carrier's; it needs <see cref="StackBytes"/> of stack.</summary>
    public unsafe void Adopt()
    {
        int here;
        Os = Thread.CurrentThread;
        StackHigh = (nint)(&here) + 4096;
        StackLow = StackHigh - StackBytes;
        StackLimit = StackLow + Reserve;
        _execution.Enter();
    }
}
