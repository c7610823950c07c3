using ConcurrencySpecs.Native;
using Microsoft.Win32.SafeHandles;

namespace ConcurrencySpecs.SharedMemory;

/// <summary>Removes the names of segments that nobody uses any more.</summary>
/// <remarks>
/// A user holds the file shared, and the kernel lets go for whoever dies. Whoever can hold it alone is therefore the only one who has it. Between
/// the two stands one who has opened the file and not yet held it: it looks afterwards whether the name is still there, and else begins again.
/// Names are taken away by path, and a path may mean another file by then. So whoever takes one away has first the right to it, which the system gives
/// to one opening of a file at a time and takes back from the dead: a file that has its name then keeps it until that one has gone on.
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
                else if (TryUnlink(file, path)) removed.Add(name);
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

    /// <summary>Takes the name of a file away, and of no other that has got the same name meanwhile.</summary>
    /// <param name="file">An opening that nobody else uses, and that is closed afterwards.</param>
    /// <param name="path">The name that the file has had since it was made.</param>
    /// <param name="meanwhile">What a spec does between the look and the step.</param>
    /// <returns>False when the file has lost its name before.</returns>
    public static bool TryUnlink(SafeFileHandle file, string path, Action? meanwhile = null)
    {
        Descriptors.HoldName(file, path);
        if (!SharedFiles.IsNamed(file)) return false;
        meanwhile?.Invoke();
        return SharedFiles.Remove(path);
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
