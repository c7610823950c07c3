namespace ConcurrencySpecs.Waiting;

/// <summary>Whoever owns threads and wants to know when one of them stops to wait, so that another can take its place.</summary>
internal interface IThreadOwner
{
    void Blocks();

    void GoesOn();
}

/// <summary>Encloses a wait that holds its thread: tells the thread's owner, if it has one, at both ends.</summary>
internal readonly ref struct Blocking
{
    [ThreadStatic] private static IThreadOwner? _owner;

    private readonly IThreadOwner? _told;

    public Blocking()
    {
        _told = _owner;
        _told?.Blocks();
    }

    /// <summary>Makes <paramref name="owner"/> the owner of the calling thread; null when the thread is nobody's again.</summary>
    public static void Belong(IThreadOwner? owner) => _owner = owner;

    public void Dispose() => _told?.GoesOn();
}
