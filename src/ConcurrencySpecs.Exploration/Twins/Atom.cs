using ConcurrencySpecs.Exploration.Scheduling;

namespace ConcurrencySpecs.Exploration.Twins;

/// <summary>An object whose operations are single steps and never wait.</summary>
internal sealed class Atom(string noun) : SyncObject
{
    private long _version;

    // The version tells a thread that polls the object whether looking again is worth while.
    internal override SyncState State => new(_version);
    internal override string Noun => noun;

    /// <summary>Says that the change announced has been made.</summary>
    public void Changed() => _version++;

    /// <summary>The same for a change that may have failed.</summary>
    public bool Changed(bool really)
    {
        if (really) _version++;
        else Execution.Current?.Unchanged();
        return Steps.Told(really);
    }
}
