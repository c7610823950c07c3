using System.Runtime.CompilerServices;

namespace ConcurrencySpecs.Exploration.Scheduling;

/// <summary>Runs a body and its threads one step at a time, in an order that a strategy decides; used for many executions, one after the other.</summary>
/// <remarks>
/// <para>Promise — exactly one logical thread runs, so the state of twins and hooks needs no lock; equal choices give equal executions.</para>
/// <para>Protocol — a thread announces its next step and stops; once chosen it returns from the call and carries the step out before it announces another.
/// So the pending step of every thread is always known.</para>
/// <para>Cost — a few nanoseconds for a step without a switch, 2 to 3 µs for one with a switch on a shared core.</para>
/// <para>Failure — a thread that throws ends; what the others may still do is explored, or cut short, see <see cref="StopAtFailure"/>.</para>
/// </remarks>
internal sealed partial class Execution
{
    /// <summary>The number of threads one execution can have: they are kept in masks of 64 bits.</summary>
    public const int MaxThreads = 64;

    private static long _runs;
    [ThreadStatic] private static Execution? _current;

    // I1  a thread is in exactly one of: finished, _ready, _blocking; _admitted ⊆ _blocking
    // I2  between two steps only Running is on the move; all other started threads sleep at their carrier's gate
    // I3  _admitted is exact unless _touched
    // I4  _watched: a driver, a recorder or a watch for races is to be told of every step
    private readonly LogicalThread?[] _threads = new LogicalThread?[MaxThreads];
    private readonly LocationTable _locations = new();
    private readonly ObjectNames _objects = new();
    private long[] _names = new long[1024];
    private int[] _versions = new int[1024];
    private Explanation.Deviation[] _deviations = new Explanation.Deviation[256];
    private int _deviated;
    private int _nextResource;
    private long _run;
    private ulong _live, _ready, _blocking, _admitted, _stuttering, _scripted;
    private long _turns;                       // rounds of loops since the last step
    private long _changes;                     // what the steps so far have changed in memory
    private bool _touched, _watched, _aborting;
    private Strategy _strategy = null!;

    public Execution(Backend? backend = null)
    {
        Backend = backend ?? Backend.Best();
        _driver = Backend as DrivingBackend;
        if (_driver is not null) (_driver.MayGo, _driver.Ended) = (MayGo, LetGo);
        Clock = new VirtualClock(this);
        Backend.Open();
        _host = new Carrier(this, HostLoop, "explorer", Backend);
    }

    /// <summary>The execution that the calling thread belongs to; null outside, where twins behave as the real types and hooks do nothing.</summary>
    public static Execution? Current => _current;

    public Backend Backend { get; }

    /// <summary>The thread on the move.</summary>
    public LogicalThread Running { get; private set; } = null!;

    public VirtualClock Clock { get; }

    /// <summary>The line that the next twin call stands on; set by <see cref="Hooks.Memory.At"/>.</summary>
    public int Site { get; set; }

    /// <summary>Steps taken in this execution.</summary>
    public int Steps { get; private set; }

    /// <summary>Times that another operating-system thread had to be woken, over all executions.</summary>
    public long Switches { get; private set; }

    /// <summary>The bound on the steps of one execution.</summary>
    public int MaxSteps { get; set; } = 100_000;

    /// <summary>The bound on the rounds of loops that a thread makes between two steps.</summary>
    public long MaxTurns { get; set; } = 10_000_000;

    /// <summary>Whether the first failure ends the execution at once (default) or its other threads run on.</summary>
    public bool StopAtFailure { get; set; } = true;

    /// <summary>How the current execution ended, or <see cref="Verdict.Passed"/> so far.</summary>
    public Verdict Verdict { get; private set; } = Verdict.Passed;

    /// <summary>Writes down every step when set.</summary>
    public IRecorder? Recorder { get; set; }

    /// <summary>Whether values given to <see cref="Value"/> are wanted.</summary>
    public bool Recording => Recorder is not null;

    /// <summary>Watches for data races when set.</summary>
    public IRaceWatch? Races { get; set; }

    /// <summary>The threads of this execution, as a mask of their numbers.</summary>
    public ulong Live => _live;

    /// <summary>How many resources have a number.</summary>
    public int Resources => _nextResource;

    public LogicalThread Thread(int id) => _threads[id]!;

    /// <summary>The thread's announced step, or the last one that it took.</summary>
    public ref Step Pending(int id) => ref _threads[id]!.Pending;

    /// <summary>The number of a resource in this execution.</summary>
    public int ResourceOf(SyncObject on)
    {
        if (on.Run == _run) return on.Resource;
        (on.Run, on.Time, on.Writer, on.Changes) = (_run, 0, -1, 0);
        on.Resource = _nextResource++;
        if (on.Resource >= _versions.Length) GrowVersions();
        _versions[on.Resource] = 0;
        _names[on.Resource] = on is LogicalThread thread ? ~thread.Id : on.NamedIn == _run ? on.Identity : 0;
        return on.Resource;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private ref Location Locate(nint address)
    {
        int before = _nextResource;
        ref Location location = ref _locations.Of(address, ref _nextResource);
        if (_nextResource == before) return ref location;
        if (before >= _versions.Length) GrowVersions();
        _versions[before] = 0;
        _names[before] = _strategy.WantsNames ? _objects.Of(address) : 0;
        return ref location;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void GrowVersions()
    {
        Array.Resize(ref _versions, Math.Max(_versions.Length * 2, _nextResource + 1));
        Array.Resize(ref _names, _versions.Length);
    }

    /// <summary>Announces that the running thread has made an object; see <see cref="ObjectNames"/>. Optional, it only saves work.</summary>
    public void Born(object made)
    {
        if (!_strategy.WantsNames) return;
        int index = Running.Made++;
        if (made is SyncObject on) (on.NamedIn, on.Identity) = (_run, ObjectNames.NameOf(Running.Id, index));
        else _objects.Add(made, Running.Id, index);
    }

    /// <summary>The name of a resource that means the same in every execution, or 0.</summary>
    public long NameOf(int resource) => _names[resource];
}
