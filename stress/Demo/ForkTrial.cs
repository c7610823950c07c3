using System.Diagnostics;
using System.Runtime.InteropServices;
using ConcurrencySpecs.Processes;
using ConcurrencySpecs.SharedMemory;

namespace ConcurrencySpecs.Stress.Demo;

/// <summary>What the copy of a process is asked to do.</summary>
internal enum ForkedWork { Nothing, CompileAMethod, RunATask, WakeItsThread }

/// <summary>fork(2) called once in a .NET process of its own, and what becomes of that process and of its copy.</summary>
/// <remarks>
/// fork copies memory and one thread. The runtime's other threads (garbage collector, finalizer, tiered compiler, thread pool) are not in the copy,
/// but everything there says that they are; and where executable memory is written through a second, shared mapping (write xor execute, the
/// default), the copy and the original write into the same code. The tiered compiler suspends the other threads now and then, of itself: a copy
/// made in such a moment waits for ever for its end. That is why there is no API for it here: children are spawned.
/// </remarks>
/// <param name="Work">What the copy is asked to do.</param>
/// <param name="AsDotNetIs">Whether the runtime runs as it does by default; if not, without write xor execute and without tiered compilation.</param>
/// <param name="Patience">How long the copy may take.</param>
internal sealed record ForkTrial(ForkedWork Work, bool AsDotNetIs, TimeSpan Patience)
{
    private static readonly string[] _switches = ["DOTNET_EnableWriteXorExecute", "DOTNET_TieredCompilation"];
    private const int DoNotHang = 1, Kill = 9;
    private static readonly TimeSpan _patienceWithTheCaller = TimeSpan.FromSeconds(30);

    /// <summary>Forks in another process and tells what came of it.</summary>
    public ForkResult Run()
    {
        string?[] before = [.. _switches.Select(Environment.GetEnvironmentVariable)];
        using SharedMemorySegment answer = SharedMemorySegment.CreateAnonymous(1);
        using ChildProcess<bool> caller = ChildProcess.Create(it => it.Trial.Fork(it.Answer), (Trial: this, Answer: answer));
        Array.ForEach(_switches, it => Environment.SetEnvironmentVariable(it, AsDotNetIs ? null : "0"));
        try { caller.Start(); }
        finally
        {
            foreach ((string name, string? value) in _switches.Zip(before)) Environment.SetEnvironmentVariable(name, value);
        }

        bool hasEnded = caller.Join(_patienceWithTheCaller);
        return new(
            this, CopyAnswered: answer.AsSpan()[0] != 0,
            !hasEnded ? "hung" : caller.ExitStatus is { IsSuccess: true } ? "lived on" : $"{caller.ExitStatus}");
    }

    private bool Fork(SharedMemorySegment answer)
    {
        Task.Run(() => { }).Wait();                     // now the pool has a thread, and so it believes in the copy
        using var told = new SemaphoreSlim(0);
        using var heard = new SemaphoreSlim(0);
        new Thread(() => { told.Wait(); heard.Release(); }) { IsBackground = true }.Start();
        Marshal.PrelinkAll(typeof(Calls));
        answer.AsSpan()[0] = 0;                         // compiled now: a copy that compiles waits for whoever was compiling when it was made
        int copy = Calls.fork();
        if (copy == 0)
        {
            Do(told, heard);
            answer.AsSpan()[0] = 1;
            Calls._exit(0);
        }

        bool hasEnded;
        long start = Stopwatch.GetTimestamp();
        while (!(hasEnded = Calls.waitpid(copy, out _, DoNotHang) != 0) && Stopwatch.GetElapsedTime(start) < Patience) Thread.Yield();
        if (!hasEnded && Calls.kill(copy, Kill) == 0) _ = Calls.waitpid(copy, out _, 0);
        Do(told, heard);                                // what the copy could not do its original can, if it still can do anything
        return true;
    }

    private void Do(SemaphoreSlim told, SemaphoreSlim heard)
    {
        switch (Work)
        {
            case ForkedWork.CompileAMethod:
                Trace.Assert(Enumerable.Range(0, 100).Select(it => (it, it % 7)).OrderBy(it => it.Item2).ToDictionary(it => it.it).Count == 100);
                break;
            case ForkedWork.RunATask:
                Task.Run(() => { }).Wait();
                break;
            case ForkedWork.WakeItsThread:
                told.Release();
                heard.Wait();
                break;
        }
    }

    private static class Calls
    {
        [DllImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int fork();

        [DllImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern void _exit(int code);

        [DllImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int waitpid(int process, out int status, int options);

        [DllImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int kill(int process, int signal);
    }
}

/// <summary>What became of a process that called fork, and of its copy.</summary>
/// <param name="Trial">What was tried.</param>
/// <param name="CopyAnswered">Whether the copy did its work within the time that it was given.</param>
/// <param name="Caller">What became of the caller: "lived on", "hung", or how it ended.</param>
internal sealed record ForkResult(ForkTrial Trial, bool CopyAnswered, string Caller);
