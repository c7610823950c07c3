using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using ConcurrencySpecs.Native;
using ConcurrencySpecs.Signals;
using ConcurrencySpecs.Waiting;
using Microsoft.Win32.SafeHandles;

namespace ConcurrencySpecs.Processes;

/// <summary>A method of this program that runs in a process of its own.</summary>
/// <remarks>
/// <para>Progress — <see cref="Start"/> returns once the child is known to the system, before its entry runs; what waits takes a limit.</para>
/// <para>Ordering — all that the child wrote to shared memory before it ended is visible once <see cref="Join()"/> has returned true.</para>
/// <para>Cost — the start of a runtime, two thirds to three quarters of what Python's spawn takes (benchmarks/results/Processes.md), less where
/// the program is published ReadyToRun; in this process two descriptors for each child and one thread for all of them.</para>
/// <para>Failure — a child that dies is told apart from one that exits, leaves no zombie, and is never confused with a later process of the same id;
/// a parent that dies, however, takes its children with it.</para>
/// <para>Source — spawn as in Python's multiprocessing; pidfd_open(2), Brauner, Linux 5.3, 2019.</para>
/// <para>The entry is a static method or a lambda without captured variables. Its argument and result are snapshots: structs without references go as
/// bytes, everything else as JSON, and shared memory as itself. Nothing has to be added to Main: the child is the same program with a start-up hook
/// that takes over before Main; one line there makes them start sooner, see <see cref="RunIfChild"/>. A trimmed program needs that line, or
/// StartupHookSupport; and JsonSerializerIsReflectionEnabledByDefault for what goes as JSON or as shared memory: where it has not, Start says so.
/// Native AOT cannot start children. It does not matter how the program was started: dotnet run, dotnet exec, a test host, published with a
/// runtime or without, in one file or in many. The child ends when its entry returns, whatever other threads it has: those are not waited for, be they
/// foreground or background, so that none that was forgotten keeps a parent waiting. Join in the entry what has to be done.</para>
/// </remarks>
public partial class ChildProcess : IDisposable
{
    private const int Sigterm = 15, Sigkill = 9;

    // I1  _handle and _letter are there from Begin to Close; the descriptor means this child and nothing else, for ever
    // I2  _ended completes once, after the child has been reaped
    private readonly Lock _gate = new();
    private readonly Func<HandedDescriptors, Plan> _plan;
    private readonly TaskCompletionSource<(int Code, int Status)> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly string _name;
    private readonly ChildLifetime _lifetime;
    private SafeFileHandle? _handle;
    private Letter? _letter;
    private int _id;
    private bool _isStarting;
    private volatile bool _isClosed;

    private protected ChildProcess(Delegate entry, Type? argumentType, object? argument, Type? resultType, ChildProcessOptions? options)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (!RuntimeFeature.IsDynamicCodeSupported)
            throw new NotSupportedException("A child finds its entry by reflection, which native AOT has not. Build the program that starts children without.");
        if (resultType is not null ? Tasks.Include(resultType) : entry.Method.IsDefined(typeof(AsyncStateMachineAttribute), inherit: false))
            throw new ArgumentException("The entry of a child process returns when its work is done, and not a task for it (nor is it async void): "
                + "wait for the task inside.", nameof(entry));
        Entry named = Entry.Of(entry);
        _name = options?.Name ?? NextName();
        _lifetime = options?.Lifetime ?? default;
        _plan = handed => Write(named, argumentType, argument, resultType, handed);
    }

    /// <summary>Prepares a child that runs <paramref name="entry"/>.</summary>
    /// <exception cref="ArgumentException"><paramref name="entry"/> captures variables, which the message names, or is bound to an object.</exception>
    /// <exception cref="NotSupportedException">The program is native (AOT).</exception>
    [RequiresUnreferencedCode(Payload.NeedsReflection), RequiresDynamicCode(Payload.NeedsReflection)]
    public static ChildProcess Create(Action entry, ChildProcessOptions? options = null) => new(entry, null, null, null, options);

    /// <summary>Prepares a child that runs <paramref name="entry"/> with a snapshot of <paramref name="argument"/>, taken by <see cref="Start"/>.</summary>
    /// <exception cref="ArgumentException"><paramref name="entry"/> captures variables, which the message names, or is bound to an object.</exception>
    /// <exception cref="NotSupportedException">The program is native (AOT).</exception>
    [RequiresUnreferencedCode(Payload.NeedsReflection), RequiresDynamicCode(Payload.NeedsReflection)]
    public static ChildProcess Create<TArgument>(Action<TArgument> entry, TArgument argument, ChildProcessOptions? options = null) =>
        new(entry, typeof(TArgument), argument, null, options);

    /// <summary>Prepares a child that runs <paramref name="entry"/> and gives its result.</summary>
    /// <exception cref="ArgumentException"><paramref name="entry"/> captures variables, which the message names, or is bound to an object.</exception>
    /// <exception cref="NotSupportedException">The program is native (AOT).</exception>
    [RequiresUnreferencedCode(Payload.NeedsReflection), RequiresDynamicCode(Payload.NeedsReflection)]
    public static ChildProcess<TResult> Create<TResult>(Func<TResult> entry, ChildProcessOptions? options = null) => new(entry, null, null, options);

    /// <summary>Prepares a child that gives the result of <paramref name="entry"/> for a snapshot of <paramref name="argument"/>, taken by Start.</summary>
    /// <exception cref="ArgumentException"><paramref name="entry"/> captures variables, which the message names, or is bound to an object.</exception>
    /// <exception cref="NotSupportedException">The program is native (AOT).</exception>
    [RequiresUnreferencedCode(Payload.NeedsReflection), RequiresDynamicCode(Payload.NeedsReflection)]
    public static ChildProcess<TResult> Create<TArgument, TResult>(
        Func<TArgument, TResult> entry, TArgument argument, ChildProcessOptions? options = null) => new(entry, typeof(TArgument), argument, options);

    /// <summary>Its name, in messages too.</summary>
    public string Name => Open()._name;

    /// <summary>What becomes of it when this process ends.</summary>
    public ChildLifetime Lifetime => Open()._lifetime;

    /// <summary>Its process id; null before it was started.</summary>
    public int? Id => Open()._handle is null ? null : _id;

    /// <summary>Whether it has been started and has not ended.</summary>
    public bool IsAlive => Open()._handle is not null && !Ended.IsCompleted;

    /// <summary>How it ended; null before that.</summary>
    public ProcessExitStatus? ExitStatus => Open().Ended.IsCompletedSuccessfully ? Status : null;

    /// <summary>Set once the child has ended, and for good; any number may wait for it, beside other handles too.</summary>
    /// <exception cref="InvalidOperationException">The child has not been started.</exception>
    public WaitHandle Sentinel => ((IAsyncResult)Started().Ended).AsyncWaitHandle;

    internal SafeFileHandle Handle => _handle!;

    internal Task<(int Code, int Status)> Ended => _ended.Task;

    internal int Pid => _id;

    /// <summary>In ticks of the system; the keeper's, for whom it tells children apart that come to have the same id.</summary>
    internal long StartTime { get; set; }

    internal string Title => _id == 0 ? _name : $"{_name} (process {_id})";

    /// <summary>Starts the child; everything that it needs has been written down when this returns.</summary>
    /// <returns>This child.</returns>
    /// <exception cref="InvalidOperationException">It was started before; or it would start its parent's work again; or SIGCHLD is ignored.</exception>
    /// <exception cref="NotSupportedException">The argument cannot be written as JSON; or the program was built without start-up hooks.</exception>
    /// <exception cref="SystemCallException">The system refuses another process or descriptor.</exception>
    public virtual ChildProcess Start()
    {
        lock (_gate)
        {
            if (Open()._handle is not null || _isStarting)
                throw new InvalidOperationException($"{Title} was started before; a child runs once. Create another.");
            _isStarting = true;
        }

        try
        {
            if (ProcFiles.IgnoresEndOfChildren())
                throw new InvalidOperationException($"{_name} was not started: this process was itself started with SIGCHLD ignored, so the system would "
                    + "forget how children end. Start it without that (in a shell: no `trap '' CHLD`).");
            var handed = new HandedDescriptors();
            Letter letter = Letter.Write(_plan(handed).Write(), _name);
            try
            {
                _letter = letter;
                int number = (int)letter.File.DangerousGetHandle();
                IReadOnlyList<string> command = ChildProgram.Command();
                ChildKeeper.Shared.Start(this, () => Spawning.Spawn(command[0], command, ChildProgram.EnvironmentWith(number), [letter.File, .. handed.Files]));
            }
            catch
            {
                letter.Dispose();
                throw;
            }
        }
        finally
        {
            _isStarting = false;
        }

        return this;
    }

    /// <summary>Waits until the child has ended.</summary>
    /// <exception cref="InvalidOperationException">The child has not been started.</exception>
    public void Join() => Join(Timeout.InfiniteTimeSpan);

    /// <summary>Waits until the child has ended.</summary>
    /// <param name="timeout">How long at most; zero or less answers at once, <see cref="Timeout.InfiniteTimeSpan"/> waits for ever.</param>
    /// <param name="cancel">Ends the wait, not the child.</param>
    /// <returns>False when it still ran when the time was up.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is above 24 days.</exception>
    /// <exception cref="InvalidOperationException">The child has not been started.</exception>
    /// <exception cref="OperationCanceledException">The wait was cancelled first.</exception>
    public bool Join(TimeSpan timeout, CancellationToken cancel = default)
    {
        Task ended = Started().Ended;
        if (timeout == Timeout.InfiniteTimeSpan)
        {
            ended.Wait(cancel);
            return true;
        }

        TimeLimit limit = TimeLimit.Of(timeout < TimeSpan.Zero ? TimeSpan.Zero : timeout, TimeProvider.System);
        bool hasEnded;
        while (!(hasEnded = ended.Wait(limit.Left, cancel)) && limit.Left > TimeSpan.Zero) { }     // the system's waits come early by a tick
        return hasEnded;
    }

    /// <summary>Waits without a thread until the child has ended.</summary>
    /// <exception cref="InvalidOperationException">The child has not been started.</exception>
    /// <exception cref="OperationCanceledException">The wait was cancelled first; the child goes on.</exception>
    public Task JoinAsync(CancellationToken cancel = default) => Started().Ended.WaitAsync(cancel);

    /// <summary>Asks the child to end, by SIGTERM: it may take its time or refuse. Without effect once it has ended.</summary>
    /// <exception cref="InvalidOperationException">The child has not been started.</exception>
    public void Terminate() => IsReached(Sigterm);

    /// <summary>Ends the child, by SIGKILL, and with it the children that it started itself. Without effect once it has ended.</summary>
    /// <exception cref="InvalidOperationException">The child has not been started.</exception>
    public void Kill() => IsReached(Sigkill);

    /// <summary>Sends the child a signal, and never another process that has come to have its id. Nothing tells when it is handled there.</summary>
    /// <returns><see cref="SendResult.Gone"/> once it has ended.</returns>
    /// <exception cref="ArgumentException">It is default(Signal), which is no signal.</exception>
    /// <exception cref="InvalidOperationException">The child has not been started.</exception>
    public SendResult Send(Signal signal)
    {
        if (signal == default) throw new ArgumentException("This is default(Signal), which is no signal. Use one of Signal's members.", nameof(signal));
        return IsReached(signal.Number) ? SendResult.Sent : SendResult.Gone;
    }

    /// <summary>Gives back what this process holds of a child that has ended or was never started; afterwards every other member throws.</summary>
    /// <exception cref="InvalidOperationException">The child runs.</exception>
    public void Close()
    {
        lock (_gate)
        {
            if (_isClosed) return;
            if (_isStarting || IsAlive) throw new InvalidOperationException($"{Title} still runs. Join it first, or Dispose, which kills it.");
            _isClosed = true;
            _handle?.Dispose();
            _letter?.Dispose();
        }
    }

    /// <summary>Kills the child if it still runs, waits for its end, and closes.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    internal void Begin(int id, SafeFileHandle handle)
    {
        _id = id;
        Volatile.Write(ref _handle, handle);        // release: the id precedes the handle, by which everybody sees that there is a child
    }

    internal void End(int code, int status) => _ended.SetResult((code, status));

    private bool IsReached(int signal) => Started() is not null && !Ended.IsCompleted && ProcessHandle.Send(Handle, signal, Title);

    /// <summary>Kills the child if it still runs, waits for its end, and closes.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (_isClosed) return;
        if (IsAlive)
        {
            Kill();
            Ended.Wait();
        }

        Close();
    }

    private protected ProcessExitStatus Status
    {
        get
        {
            (int code, int status) = Ended.Result;
            const int exited = 1;
            return code == 0 ? new(null, null)
                : code == exited ? new(status, null, TakeOutcome()?.FailureIn(Title))
                : new(null, status);
        }
    }

    private protected bool WasReached => _letter!.WasReached;

    private protected Outcome? TakeOutcome() => _letter!.ReadOutcome() is { } written ? Outcome.Read(written) : null;

    private protected ChildProcess Started() =>
        Open()._handle is not null ? this : throw new InvalidOperationException($"{Title} has not been started. Call Start first.");

    private ChildProcess Open()
    {
        ObjectDisposedException.ThrowIf(_isClosed, this);
        return this;
    }

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Create, the only way here, says it.")]
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "Create, the only way here, says it.")]
    private Plan Write(Entry entry, Type? argumentType, object? argument, Type? resultType, HandedDescriptors handed)
    {
        byte[] bytes = argumentType is null ? [] : handed.During(() => Payload.Write(argumentType, argument));
        var plan = new Plan(entry, argumentType is null ? null : TypePlace.Of(argumentType), resultType is null ? null : TypePlace.Of(resultType), bytes)
        {
            Name = _name,
            ParentId = Environment.ProcessId,
            EarlierHooks = Environment.GetEnvironmentVariable(ChildProgram.HooksVariable),
            Ancestry = [],
            Handed = [.. handed.Files.Select(file => (int)file.DangerousGetHandle())],
        };
        return plan with { Ancestry = AncestryFor(plan.Work, _name) };
    }
}
