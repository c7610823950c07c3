using ConcurrencySpecs.Native;
using Microsoft.Win32.SafeHandles;

namespace ConcurrencySpecs.SharedMemory;

/// <summary>Removes the names of segments that nobody uses any more.</summary>
/// <remarks>
/// A user holds the file shared, and the kernel lets go for whoever dies. Whoever can hold it alone is therefore the only one who has it. Between
/// the two stands one who has opened the file and not yet held it: it looks afterwards whether the name is still there, and else begins again.
/// </remarks>
internal static class SegmentReclaimer
{
    private static readonly Lazy<ReclaimedSegments> _first = new(Run);

    /// <summary>The first time in this process: <see cref="Run"/>.</summary>
    public static void RunOnce() => _ = _first.Value;

    public static ReclaimedSegments Run()
    {
        var removed = new List<string>();
        var inUse = new Dictionary<string, IReadOnlyList<int>>();
        var refused = new Dictionary<string, string>();
        foreach (string name in SegmentNames.Existing())
        {
            try
            {
                string path = SegmentNames.PathOf(name);
                using SafeFileHandle? file = SharedFiles.TryOpen(path);
                if (file is null) continue;
                SegmentFormat.CheckOurs(file, $"the file of \"{name}\"");
                if (!Descriptors.TryHoldAlone(file)) inUse[name] = UsersOf(file);
                else if (SharedFiles.IsNamed(file) && SharedFiles.Remove(path)) removed.Add(name);
            }
            catch (Exception reason) when (reason is IOException or InvalidDataException)
            {
                refused[name] = reason.Message;
            }
        }

        return new(removed, inUse, refused);
    }

    /// <summary>Opens a file and holds it, so that it cannot be reclaimed; null when there is none.</summary>
    public static SafeFileHandle? TryOpenHeld(string path)
    {
        while (true)
        {
            SafeFileHandle? file = SharedFiles.TryOpen(path);
            if (file is null || (Descriptors.TryHoldShared(file) && SharedFiles.IsNamed(file))) return file;
            file.Dispose();         // it is being removed: then there is none, or a new one
            Thread.Yield();
        }
    }

    /// <summary>Opens a file once more and holds it for this process: the parent, from which it came, lets go when it likes.</summary>
    public static SafeFileHandle ReopenHeld(SafeFileHandle file, string name)
    {
        SafeFileHandle own = SharedFiles.Reopen(file, $"the segment \"{name}\"");
        while (!Descriptors.TryHoldShared(own)) Thread.Yield();      // somebody looks at it alone, for a moment
        return own;
    }

    private static IReadOnlyList<int> UsersOf(SafeFileHandle file)
    {
        if (RandomAccess.GetLength(file) < SegmentFormat.HeaderBytes) return [];
        var page = new Mapping(file, SegmentFormat.HeaderBytes, "a segment's header");
        try { return SegmentFormat.UsersOf(page).Living(); }
        finally { page.Detach(); }
    }
}
