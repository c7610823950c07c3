/// <summary>How many descriptors this process has open, where nothing else opens any.</summary>
internal static class OpenDescriptors
{
    public static int Count => Directory.GetFileSystemEntries("/proc/self/fd").Length;

    /// <summary>The same once those have gone that earlier specs have dropped: the collector closes them whenever it likes.</summary>
    public static int CountInUse()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return Count;
    }
}
