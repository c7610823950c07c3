using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ConcurrencySpecs.Native;

/// <summary>Files in the memory file system: without a name first, then linked to one in a single step, so that nobody meets a half-made one.</summary>
internal static partial class SharedFiles
{
    public const string Folder = "/dev/shm";

    private const int ReadWrite = 2, CloseOnExec = 0x80000, OnlyOwner = 0x180;
    private const int HereInFolder = -100, FollowLink = 0x400, EmptyPath = 0x1000;
    private const uint WithType = 1, WithLinks = 4, WithOwner = 8;
    private const int TypeBits = 0xF000, RegularFile = 0x8000;
    private const int StatusBytes = 256;

    // These two flags are among the few that differ between processors.
    private static readonly int _withoutName = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 0x404000 : 0x410000;
    private static readonly int _noLinks = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 0x8000 : 0x20000;

    static SharedFiles() => Errno.Prime();

    /// <summary>A file that only its owner may open and that has no name yet.</summary>
    public static SafeFileHandle New(string subject) => Checked(Open(Folder, ReadWrite | CloseOnExec | _withoutName, OnlyOwner), subject);

    /// <summary>Opens a file by name; null when there is none.</summary>
    /// <exception cref="SystemCallException">It may not be opened, or it belongs to another user, which is refused whatever its rights allow, and to root
    /// as well: who owns a file can give it any content, and any memory behind our locks.</exception>
    public static SafeFileHandle? TryOpen(string path)
    {
        int descriptor = Open(path, ReadWrite | CloseOnExec | _noLinks, 0);
        if (descriptor < 0 && Errno.Last == Errno.Enoent) return null;
        SafeFileHandle file = Checked(descriptor, path);
        (uint owner, uint me) = ((uint)StatusOf(file, WithOwner, word: 5), EffectiveUser());
        if (owner == me) return file;
        file.Dispose();
        throw new SystemCallException("open", path, Errno.Eacces,
            $"It belongs to user {owner}, and this process runs as user {me}. Choose another name, or run its users as one.");
    }

    /// <summary>Opens an open file once more, for a hold of its own; it need not have a name any more.</summary>
    public static SafeFileHandle Reopen(SafeFileHandle file, string subject) =>
        Checked(Open($"/proc/self/fd/{file.DangerousGetHandle()}", ReadWrite | CloseOnExec, 0), subject);

    /// <summary>Gives a nameless file its name.</summary>
    /// <returns>False when the name is taken.</returns>
    public static bool TryName(SafeFileHandle file, string path)
    {
        if (Link(HereInFolder, $"/proc/self/fd/{file.DangerousGetHandle()}", HereInFolder, path, FollowLink) == 0) return true;
        return Errno.Last == Errno.Eexist ? false : throw new SystemCallException("linkat", path, Errno.Last);
    }

    /// <summary>Whether the file still has a name.</summary>
    public static bool IsNamed(SafeFileHandle file) => StatusOf(file, WithLinks, word: 4) > 0;

    /// <summary>Whether it is a file, and no pipe or device that somebody has given a name in the folder.</summary>
    public static bool IsRegular(SafeFileHandle file) => (StatusOf(file, WithType, word: 7) & TypeBits) == RegularFile;

    /// <summary>Takes a name away; the memory lives on for those who have it open.</summary>
    /// <returns>False when there was no such name.</returns>
    public static bool Remove(string path)
    {
        if (Unlink(path) == 0) return true;
        return Errno.Last == Errno.Enoent ? false : throw new SystemCallException("unlink", path, Errno.Last);
    }

    private static unsafe int StatusOf(SafeFileHandle file, uint mask, int word)
    {
        int* found = stackalloc int[StatusBytes / sizeof(int)];
        // Safe because struct statx takes 256 bytes on every processor; word 4 counts the names, word 5 is
        // the owner, and word 7 begins with the type and the rights.
        if (Status(file, "", EmptyPath, mask, found) != 0) throw new SystemCallException("statx", "an open file", Errno.Last);
        return found[word];
    }

    private static SafeFileHandle Checked(int descriptor, string subject) =>
        descriptor >= 0 ? new SafeFileHandle(descriptor, ownsHandle: true) : throw new SystemCallException("open", subject, Errno.Last);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags, int mode);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int Status(SafeFileHandle file, string path, int flags, uint mask, int* found);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint EffectiveUser();

    [LibraryImport("libc", EntryPoint = "linkat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(int fromFolder, string from, int toFolder, string to, int flags);

    [LibraryImport("libc", EntryPoint = "unlink", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Unlink(string path);
}
