using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ConcurrencySpecs.Native;

/// <summary>posix_spawn(3): starts a program in a new process, without ever copying this one.</summary>
internal static unsafe partial class Spawning
{
    private const short SetSignalMask = 8;
    private const int RoomForOpaque = 512;      // posix_spawnattr_t takes 336 bytes with glibc, sigset_t 128, the file actions 80

    static Spawning() => Errno.Prime();

    /// <summary>Starts <paramref name="program"/> with no blocked signals and, beside the standard streams, exactly the descriptors that are named.</summary>
    /// <remarks>The new process is a child of the calling thread: what is to happen at its parent's death happens at the end of that thread.</remarks>
    /// <returns>The process id.</returns>
    public static int Spawn(string program, IReadOnlyList<string> arguments, IEnumerable<string> environment, IReadOnlyList<SafeFileHandle> inherited)
    {
        byte* actions = stackalloc byte[RoomForOpaque], attributes = stackalloc byte[RoomForOpaque], none = stackalloc byte[RoomForOpaque];
        new Span<byte>(none, RoomForOpaque).Clear();        // Safe because the three blocks lie on this stack until the call is over.
        int held = 0;
        Check(InitialiseActions(actions));
        Check(InitialiseAttributes(attributes));
        try
        {
            Check(SetFlags(attributes, SetSignalMask));
            Check(SetMask(attributes, none));
            foreach (SafeFileHandle one in inherited)
            {
                bool isHeld = false;
                one.DangerousAddRef(ref isHeld);
                held++;
                int number = (int)one.DangerousGetHandle();
                Check(AddDuplicate(actions, number, number));       // onto itself means: not closed on exec
            }

            Check(PosixSpawn(out int pid, program, actions, attributes, [.. arguments, null], [.. environment, null]));
            return pid;
        }
        finally
        {
            for (int i = 0; i < held; i++) inherited[i].DangerousRelease();
            _ = DestroyActions(actions);        // neither can fail where the pointer is good
            _ = DestroyAttributes(attributes);
        }

        void Check(int error)
        {
            if (error != 0) throw new SystemCallException("posix_spawn", program, error, "The child was not started.");
        }
    }

    [LibraryImport("libc", EntryPoint = "posix_spawn", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int PosixSpawn(out int pid, string path, byte* actions, byte* attributes, string?[] arguments, string?[] environment);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_init")]
    private static partial int InitialiseActions(byte* actions);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_destroy")]
    private static partial int DestroyActions(byte* actions);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_adddup2")]
    private static partial int AddDuplicate(byte* actions, int from, int to);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_init")]
    private static partial int InitialiseAttributes(byte* attributes);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_destroy")]
    private static partial int DestroyAttributes(byte* attributes);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setflags")]
    private static partial int SetFlags(byte* attributes, short flags);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setsigmask")]
    private static partial int SetMask(byte* attributes, byte* mask);
}
