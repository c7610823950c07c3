using System.Collections.Concurrent;
using ConcurrencySpecs.Native;
using Microsoft.Win32.SafeHandles;

namespace ConcurrencySpecs.Processes;

/// <summary>The one thread that starts this process's children, learns of their ends, and takes their exit statuses.</summary>
/// <remarks>
/// It never ends before the process does, because a child is told of its parent's death when the *thread* that started it ends. It knows children by
/// descriptor, reaps only those that it started, and needs no signal: SIGCHLD belongs to the runtime.
/// </remarks>
internal sealed class ChildKeeper
{
    private const int Exited = 1;           // and above it: ended by a signal

    private static readonly Lazy<ChildKeeper> _shared = new(() => new ChildKeeper());

    private readonly ConcurrentQueue<Action> _requests = new();
    private readonly SafeFileHandle _bell = Descriptors.NewEvent();

    // I1  _alive holds the children that were started and have not been reaped; the thread alone changes it, under its own monitor
    private readonly List<ChildProcess> _alive = [];

    private ChildKeeper()
    {
        new Thread(Keep) { IsBackground = true, Name = "ConcurrencySpecs: keeper of the child processes" }.Start();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => EndOfThisProcess();
    }

    public static ChildKeeper Shared => _shared.Value;

    public IReadOnlyList<ChildProcess> Alive
    {
        get { lock (_alive) return [.. _alive]; }
    }

    /// <summary>Has the thread start a child, and returns once it runs and is known.</summary>
    public void Start(ChildProcess child, Func<int> spawn)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _requests.Enqueue(() =>
        {
            try
            {
                int pid = spawn();
                child.Begin(pid, ProcessHandle.OpenNewChild(pid));
                lock (_alive) _alive.Add(child);
                started.SetResult();
                child.StartTime = ProcFiles.StartTimeOfZombie(pid);         // of a zombie too: it may have ended since
            }
            catch (Exception failure)
            {
                started.TrySetException(failure);
            }
        });
        RandomAccess.Write(_bell, BitConverter.GetBytes(1L), 0);
        started.Task.GetAwaiter().GetResult();
    }

    private void Keep()
    {
        byte[] rung = new byte[sizeof(long)];
        while (true)
        {
            ChildProcess[] children = [.. _alive];
            SafeFileHandle[] watched = [_bell, .. children.Select(child => child.Handle)];
            bool[] ready = new bool[watched.Length];
            Polling.Wait(watched, ready, Timeout.Infinite);
            for (int i = 0; i < children.Length; i++) if (ready[i + 1]) Reap(children[i]);
            if (!ready[0]) continue;
            RandomAccess.Read(_bell, rung, 0);      // silence first, requests second: a later ring is for a later look
            while (_requests.TryDequeue(out Action? request)) request();
        }
    }

    private void Reap(ChildProcess child)
    {
        if (ProcessHandle.Reap(child.Handle, child.Title) is not { } status) return;
        lock (_alive) _alive.Remove(child);
        child.End(status.Code, status.Status);
        if (status.Code > Exited) RuntimeFiles.Remove(child.Pid, child.StartTime);      // last: nobody is to wait for it
    }

    private void EndOfThisProcess()
    {
        IReadOnlyList<ChildProcess> last = Alive;
        foreach (ChildProcess child in last)
        {
            try { if (child.Lifetime == ChildLifetime.KilledWithParent) child.Kill(); }
            catch (ObjectDisposedException) { }         // it has ended by itself, and was closed by another thread
        }

        foreach (ChildProcess child in last) child.Ended.Wait();
    }
}
