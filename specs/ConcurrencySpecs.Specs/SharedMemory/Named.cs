using ConcurrencySpecs.SharedMemory;

/// <summary>A name for shared memory that no other run uses; it goes with the spec.</summary>
internal sealed class Named : IDisposable
{
    private static int _count;

    public string Name { get; } = $"spec-{Environment.ProcessId}-{Interlocked.Increment(ref _count)}";

    public string Path => SegmentNames.PathOf(Name);

    /// <summary>Opens the file behind the name beside those who use it.</summary>
    public FileStream OpenFile() => File.Open(Path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);

    public void Dispose() => File.Delete(Path);
}
