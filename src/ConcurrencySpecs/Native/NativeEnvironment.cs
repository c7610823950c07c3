using System.Runtime.InteropServices;

namespace ConcurrencySpecs.Native;

/// <summary>The environment as the C library sees it, which the runtime copies once and never writes back.</summary>
/// <remarks>Only before the program's own threads run: the C library reads it without a lock.</remarks>
internal static partial class NativeEnvironment
{
    static NativeEnvironment() => Errno.Prime();

    /// <summary>Sets a variable, or removes it for a null value.</summary>
    public static void Set(string name, string? value)
    {
        if ((value is null ? Remove(name) : Set(name, value, overwrite: 1)) != 0) throw new SystemCallException("setenv", name, Errno.Last);
    }

    [LibraryImport("libc", EntryPoint = "setenv", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Set(string name, string value, int overwrite);

    [LibraryImport("libc", EntryPoint = "unsetenv", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Remove(string name);
}
