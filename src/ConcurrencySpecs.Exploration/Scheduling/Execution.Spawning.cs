namespace ConcurrencySpecs.Exploration.Scheduling;

// New threads and their numbers.
internal sealed partial class Execution
{
    /// <summary>Which thread has which number; explorers of one search share it.</summary>
    public ThreadNumbers Numbers { get; set; } = new();

    /// <summary>Whether the execution ended because there was no number left for one more thread.</summary>
    public bool LacksNumbers { get; private set; }

    /// <summary>Starts <paramref name="body"/> as a new thread of the program; it becomes eligible at once, and this is no step of its own.</summary>
    /// <param name="body">What it runs.</param>
    /// <param name="name">What reports call it.</param>
    /// <param name="background">It may be unfinished when the program ends.</param>
    /// <param name="number">The number that <see cref="Reserve"/> has kept for it.</param>
    public LogicalThread Spawn(Action body, string? name = null, bool background = false, int? number = null)
    {
        LogicalThread? thread = TrySpawn(body, name, background, number);
        if (thread is null) Unwind(Running);
        return thread;
    }

    /// <summary>The same where nothing may be thrown: null when there is no number left, and the execution then ends with the next step of the caller.</summary>
    public LogicalThread? TrySpawn(Action body, string? name = null, bool background = false, int? number = null)
    {
        LogicalThread parent = Running;
        int id = number ?? Numbers.Of(parent.Id, parent.Children++);
        if (id < 0)
        {
            RunOutOfNumbers();
            return null;
        }
        LogicalThread thread = _threads[id] ??= new LogicalThread(id);
        thread.Begin(parent, body);
        (thread.Name, thread.Background) = (name, background);
        _live |= thread.Bit;
        _ready |= thread.Bit;
        Races?.Spawned(parent, thread);
        if (_driver is not null) StartDriven(thread);
        return thread;
    }

    /// <summary>A number for a thread that goes on for the running one, whoever starts it: so it has the same number in every schedule.</summary>
    public int Reserve()
    {
        int id = Numbers.Of(Running.Id, Running.Children++);
        if (id >= 0) return id;
        RunOutOfNumbers();
        Unwind(Running);
        return id;
    }

    /// <summary>Numbers threads as another exploration did; children of one parent must come in their order.</summary>
    public void Renumber(IReadOnlyList<int> parents)
    {
        Array.Clear(_threads);
        Numbers = ThreadNumbers.From(parents);
    }

    private void RunOutOfNumbers()
    {
        LacksNumbers = true;
        Fail(new Verdict(Outcome.TooManyThreads, $"Too many threads: more than the {MaxThreads} that an exploration can tell apart, over all its schedules. "
            + "Every thread, task, timer, and every await that goes on in a thread of its own counts. Explore fewer of them or fewer calls, "
            + "or ask Explore.Sample, which has so many for each schedule.", null, Running.Id));
        Stop();
    }
}
