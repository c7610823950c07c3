using System.Runtime.InteropServices;

namespace ConcurrencySpecs.Native;

/// <summary>The system's error numbers that calls of ours can give, by name. They are the same on every processor that .NET runs on.</summary>
internal static class Errno
{
    public const int Eperm = 1, Enoent = 2, Esrch = 3, Eintr = 4, Echild = 10, Eagain = 11, Eacces = 13, Eexist = 17, Einval = 22, Enospc = 28, Etimedout = 110;

    // The first question for an error number overwrites it while the runtime looks for the native function: ask once before it matters.
    static Errno() => Marshal.GetLastSystemError();

    /// <summary>Makes sure that the next failed call reports its own number; called before the first call of a family.</summary>
    public static void Prime() { }

    /// <summary>The number that the calling thread's last call through <c>SetLastError</c> left.</summary>
    public static int Last => Marshal.GetLastPInvokeError();

    public static string Name(int error) => error switch
    {
        Eperm => "EPERM",
        Enoent => "ENOENT",
        Esrch => "ESRCH",
        Eintr => "EINTR",
        5 => "EIO",
        7 => "E2BIG",
        8 => "ENOEXEC",
        9 => "EBADF",
        Echild => "ECHILD",
        Eagain => "EAGAIN",
        12 => "ENOMEM",
        Eacces => "EACCES",
        14 => "EFAULT",
        16 => "EBUSY",
        Eexist => "EEXIST",
        20 => "ENOTDIR",
        21 => "EISDIR",
        Einval => "EINVAL",
        23 => "ENFILE",
        24 => "EMFILE",
        26 => "ETXTBSY",
        27 => "EFBIG",
        Enospc => "ENOSPC",
        30 => "EROFS",
        32 => "EPIPE",
        36 => "ENAMETOOLONG",
        38 => "ENOSYS",
        40 => "ELOOP",
        95 => "EOPNOTSUPP",
        Etimedout => "ETIMEDOUT",
        _ => $"errno {error}",
    };

    public static string Describe(int error) => $"{Name(error)} ({Marshal.GetPInvokeErrorMessage(error)})";
}
