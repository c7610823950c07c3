using ConcurrencySpecs.Native;
using ConcurrencySpecs.Waiting;
using Microsoft.Win32.SafeHandles;

namespace ConcurrencySpecs.Processes;

/// <summary>The process that started this one as its child, as the child sees it.</summary>
/// <remarks>
/// <para>Progress — <see cref="IsAlive"/> answers at once; <see cref="Join(TimeSpan)"/> blocks no longer than it is told.</para>
/// <para>Ordering — once it is not alive it never is again: the process is held by a descriptor, which never comes to mean another.</para>
/// <para>Cost — one system call for each question.</para>
/// <para>Failure — a parent that is killed takes this process with it, so "not alive" is seen only in the moment before.</para>
/// <para>Source — pidfd_open(2), Brauner, Linux 5.3, 2019; Python's multiprocessing.parent_process.</para>
/// </remarks>
public sealed class ParentProcess
{
    private readonly SafeFileHandle _handle;

    internal ParentProcess(int id) => (Id, _handle) = (id, ProcessHandle.Open(id));

    /// <summary>Its process id.</summary>
    public int Id { get; }

    /// <summary>Whether it runs.</summary>
    public bool IsAlive => !Polling.Wait([_handle], new bool[1], 0);

    /// <summary>Waits until it has ended.</summary>
    /// <param name="timeout">How long at most; zero or less answers at once, <see cref="Timeout.InfiniteTimeSpan"/> waits for ever.</param>
    /// <returns>False when it still ran when the time was up.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is above 24 days.</exception>
    public bool Join(TimeSpan timeout)
    {
        if (timeout == Timeout.InfiniteTimeSpan) return Polling.Wait([_handle], new bool[1], Timeout.Infinite);
        TimeLimit limit = TimeLimit.Of(timeout < TimeSpan.Zero ? TimeSpan.Zero : timeout, TimeProvider.System);
        bool ended;
        while (!(ended = Polling.Wait([_handle], new bool[1], (int)limit.Left.TotalMilliseconds)) && limit.Left > TimeSpan.Zero) { }
        return ended;
    }
}
