using ConcurrencySpecs.SharedMemory;

/// <summary>A name for shared memory that no other run uses; it goes with the spec.</summary>
internal sealed class Named : IDisposable
{
    private static int _count;

    public string Name { get; } = $"spec-{Environment.ProcessId}-{Interlocked.Increment(ref _count)}";

    public string Path => SegmentNames.PathOf(Name);

    /// <summary>Whether somebody stands in line for a lock of the file behind the name.</summary>
    public bool IsWaitedFor => Mono.Unix.Native.Syscall.stat(Path, out Mono.Unix.Native.Stat file) == 0
        && File.ReadLines("/proc/locks")
            .Any(line => line.Contains("->", StringComparison.Ordinal) && line.Contains($":{file.st_ino} ", StringComparison.Ordinal));

    /// <summary>Opens the file behind the name beside those who use it.</summary>
    public FileStream OpenFile() => File.Open(Path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);

    public void Dispose() => File.Delete(Path);
}
