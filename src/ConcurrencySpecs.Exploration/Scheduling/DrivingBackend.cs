namespace ConcurrencySpecs.Exploration.Scheduling;

/// <summary>A backend that decides itself who goes next and lets that thread go: the scheduler of another tool.</summary>
/// <remarks>
/// <para>Promise asked of it — between the return of a thread's <see cref="Begin"/> or <see cref="Turn"/> and that thread's next call of
/// <see cref="Turn"/> or <see cref="Leave"/> no other thread of the execution runs, and only a thread that <see cref="MayGo"/> is let go.</para>
/// <para>Promise given to it — at every call of Turn and Leave at least one thread may go, until all have left.</para>
/// <para>Choices — who goes next, also where a wait may time out, is the driver's; what the program draws at random is its strategy's, see
/// <see cref="Strategy.ChoosesNumbers"/>.</para>
/// </remarks>
internal abstract class DrivingBackend : Backend
{
    /// <summary>Whether the thread of this number may go next; asked while all threads of the execution stand still.</summary>
    public Func<int, bool> MayGo { get; set; } = static _ => true;

    /// <summary>Called once when the driver ends an execution by itself, before any <see cref="Turn"/> returns false for it.</summary>
    public Action Ended { get; set; } = static () => { };

    /// <summary>Runs <paramref name="main"/> as thread 0 of one execution; returns when it and all that it started have left.</summary>
    public abstract void Run(Action main);

    /// <summary>Gives the thread of this number an operating-system thread that runs <paramref name="life"/>. Called by the thread on the move.</summary>
    public abstract void Start(int thread, Action life);

    /// <summary>The first call of a started thread: waits for its first turn. False when the driver has ended the execution.</summary>
    public abstract bool Begin(int thread);

    /// <summary>Gives the turn back and waits for the next one. False when the driver has ended the execution.</summary>
    public abstract bool Turn(int thread);

    /// <summary>The last call of a thread: gives the turn back for good.</summary>
    public abstract void Leave(int thread);
}
