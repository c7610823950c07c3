namespace ConcurrencySpecs.Exploration.Scheduling;

/// <summary>A core that this explorer has for itself among all explorers of this user on this machine, as long as one is free.</summary>
/// <remarks>
/// <para>The claim is an exclusively opened file per core: the kernel drops the lock when its holder dies, however it dies.</para>
/// <para>When every core is taken the explorer shares the one that fewest explorers of this process use. A claim is never waited for.</para>
/// <para>Only the carriers are pinned, from the inside: the caller's thread keeps its own set of cores.</para>
/// </remarks>
internal sealed class CoreClaim : IDisposable
{
    private static readonly Lock _mutex = new();
    private static readonly Dictionary<int, int> _users = [];

    private readonly FileStream? _file;

    private CoreClaim(int core, FileStream? file) => (Core, _file) = (core, file);

    public int Core { get; }

    /// <summary>Claims a core out of the calling thread's set; null where cores cannot be chosen.</summary>
    public static CoreClaim? TryTake()
    {
        int[]? cores = Affinity.Cores();
        if (cores is null || cores.Length == 0) return null;
        lock (_mutex)
        {
            int fewest = cores.Min(Users);
            foreach (int core in cores)
            {
                if (Users(core) > fewest) continue;
                FileStream? file = fewest == 0 ? TryLock(core) : null;
                if (file is not null) return Taken(core, file);
            }
            int shared = cores.Where(core => Users(core) == fewest).ElementAt(fewest == 0 ? Environment.ProcessId % cores.Count(core => Users(core) == 0) : 0);
            return Taken(shared, null);
        }
    }

    /// <summary>Moves the calling thread to the core. Where that is refused it stays where it is: slower, still correct.</summary>
    public void Pin() => _ = Affinity.TryPin(Core);

    public void Dispose()
    {
        lock (_mutex) _users[Core] = Users(Core) - 1;
        _file?.Dispose();
    }

    private static int Users(int core) => _users.GetValueOrDefault(core);

    private static CoreClaim Taken(int core, FileStream? file)
    {
        _users[core] = Users(core) + 1;
        return new CoreClaim(core, file);
    }

    private static FileStream? TryLock(int core)
    {
        string path = Path.Combine(Path.GetTempPath(), $"ConcurrencySpecs.{Environment.UserName}.core{core}");
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return null;                       // another explorer has it, or there is nowhere to write: share a core
        }
    }
}
