namespace ConcurrencySpecs.Exploration.Scheduling;

/// <summary>What a thread can wait for. Twins of locks, semaphores and events derive from it or own one.</summary>
/// <remarks>
/// <para>The state changes only between a write step on the object and the next step of the same thread; the engine needs no other notice.</para>
/// <para><see cref="Admits"/> is a function of the state it is given, not of the object's fields: the search also asks about earlier states.</para>
/// </remarks>
public abstract class SyncObject
{
    internal long Run;        // the run in which Resource is valid
    internal int Resource;
    internal long NamedIn;    // the run in which Identity is valid
    internal long Identity;   // see ObjectNames
    internal int Writer;      // the thread whose steps changed it last, and how often that was another one than before: what it guards
    internal int Changes;     // may have changed too, even when State is as it was
    internal long Time;       // the latest virtual time at which a thread stepped on it, in milliseconds

    /// <summary>The summary from which <see cref="Admits"/> decides.</summary>
    internal abstract SyncState State { get; }

    /// <summary>Whether <paramref name="thread"/>, asking for <paramref name="demand"/>, may go on in <paramref name="state"/>.</summary>
    internal virtual bool Admits(in SyncState state, int thread, long demand) => true;

    /// <summary>The threads that keep others out in <paramref name="state"/>, as a mask; for reports.</summary>
    internal virtual ulong Holders(in SyncState state) => 0;

    /// <summary>The word for it in reports, such as "Monitor" or "SemaphoreSlim".</summary>
    internal virtual string Noun => GetType().Name;

    /// <summary>The thread whose end is the only thing that lets a waiter go on, if there is one.</summary>
    internal virtual LogicalThread? EndOf => null;
}
