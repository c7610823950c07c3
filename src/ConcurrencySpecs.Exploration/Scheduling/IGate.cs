namespace ConcurrencySpecs.Exploration.Scheduling;

/// <summary>Where one operating-system thread sleeps until another passes it the turn. At most one signal is ever outstanding.</summary>
internal interface IGate : IDisposable
{
    /// <summary>Lets the thread that waits, or will wait next, go on. Never blocks.</summary>
    void Open();

    /// <summary>Sleeps until <see cref="Open"/>; a signal that came first is used up at once.</summary>
    void Pass();
}
