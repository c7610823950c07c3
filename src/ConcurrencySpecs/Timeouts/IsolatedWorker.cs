using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using ConcurrencySpecs.Native;
using ConcurrencySpecs.Processes;
using ConcurrencySpecs.SharedMemory;

namespace ConcurrencySpecs.Timeouts;

/// <summary>What a worker is to do: the function, and the types that go to and fro.</summary>
internal sealed record IsolatedWork(Entry Function, TypePlace ArgumentType, TypePlace ResultType)
{
    public SharedMemorySegment? Mail { get; init; }
}

/// <summary>A process that waits for calls of one function, and the sheet of shared memory that they go over.</summary>
[UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "The constructor of IsolatedFunction, the only way here, says it.")]
[UnconditionalSuppressMessage("AOT", "IL3050", Justification = "The constructor of IsolatedFunction, the only way here, says it.")]
internal sealed class IsolatedWorker : IDisposable
{
    // I1  the turn goes Starting → Ready → Called → Returned → Called …; Called is left once, by one compare-and-swap: Returned or Expired
    // I2  who has the turn alone writes the length and the bytes: we at Ready and Returned, the worker at Called
    // I3  Dead is written by us, once the process has been reaped; nobody waits any more then
    private const int Starting = 0, Ready = 1, Called = 2, Returned = 3, Expired = 4, Dead = 5;
    private const int TurnAt = 0, LengthAt = 4, BytesAt = 8;
    private readonly SharedMemorySegment _mail;
    private readonly ChildProcess _process;

    public IsolatedWorker(IsolatedWork work, int bytes)
    {
        _mail = SharedMemorySegment.CreateAnonymous(BytesAt + bytes);
        _process = ChildProcess.Create(Serve, work with { Mail = _mail }, new() { Lifetime = ChildLifetime.KilledWithParent }).Start();
        _process.Ended.ContinueWith(_ => TellDeath(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    /// <summary>Waits until the process can take a call; one that has died can take it too, and will be found out.</summary>
    public void AwaitReady()
    {
        for (int turn = Turn(_mail); turn == Starting; turn = Turn(_mail)) SharedFutex.Wait(ref TurnOf(_mail), turn, Timeout.InfiniteTimeSpan);
    }

    /// <summary>False when the limit was over first; the process is then busy for good and has to be ended.</summary>
    public bool TryCall(byte[] argument, TimeSpan limit, out byte[] result)
    {
        long due = DeadlineClock.After(Stopwatch.GetTimestamp(), limit);
        result = [];
        Write(_mail, argument);
        int before = Turn(_mail);
        if (before != Dead) Interlocked.CompareExchange(ref TurnOf(_mail), Called, before);         // release → [call]: the argument precedes the turn
        SharedFutex.Wake(ref TurnOf(_mail), int.MaxValue);
        while (Turn(_mail) == Called)                                                               // acquire ← [return]
        {
            TimeSpan left = DeadlineClock.Between(Stopwatch.GetTimestamp(), due);
            if (left == TimeSpan.Zero && Interlocked.CompareExchange(ref TurnOf(_mail), Expired, Called) == Called) return false;
            SharedFutex.Wait(ref TurnOf(_mail), Called, left);
        }

        if (Turn(_mail) == Dead) throw new ChildEndedException($"The process of an isolated function {_process.ExitStatus} during a call.");
        Outcome outcome = Outcome.Read(Read(_mail));
        result = outcome.Result ?? [];
        return outcome.FailureIn(_process.Name) is { } failure ? throw failure : true;
    }

    /// <summary>Ends the process, by SIGTERM and after the grace by SIGKILL; returns when it has ended.</summary>
    /// <returns>True when it took SIGKILL.</returns>
    public bool End(TimeSpan grace)
    {
        _process.Terminate();
        if (_process.Join(grace)) return false;
        _process.Kill();
        _process.Join();
        return true;
    }

    public void Dispose()
    {
        _process.Dispose();
        _mail.Dispose();
    }

    private void TellDeath()
    {
        if (_mail.IsDisposed) return;
        Interlocked.Exchange(ref TurnOf(_mail), Dead);
        SharedFutex.Wake(ref TurnOf(_mail), int.MaxValue);
    }

    /// <summary>The life of the worker process.</summary>
    private static void Serve(IsolatedWork work)
    {
        SharedMemorySegment mail = work.Mail!;
        MethodInfo function = work.Function.Find();
        object? target = function.IsStatic ? null : RuntimeHelpers.GetUninitializedObject(function.DeclaringType!);
        Type argument = work.ArgumentType.Find(), result = work.ResultType.Find();
        Prepare(function, argument, result);
        Give(mail, Starting, Ready);
        while (true)
        {
            for (int turn = Turn(mail); turn != Called; turn = Turn(mail)) SharedFutex.Wait(ref TurnOf(mail), turn, Timeout.InfiniteTimeSpan);
            Outcome outcome;                                                                        // acquire ← [call]
            try
            {
                object? given = Payload.Read(argument, Read(mail));
                outcome = Outcome.Returned(Payload.Write(result, function.Invoke(target, BindingFlags.DoNotWrapExceptions, null, [given], null)));
                if (outcome.Write().Length > mail.Size - BytesAt) throw TooLong("result", outcome.Write().Length, mail);
            }
            catch (Exception failure)
            {
                outcome = Outcome.Threw(failure);
            }

            Write(mail, outcome.Write());
            Give(mail, Called, Returned);                                                           // release → [return]; or it has expired
        }
    }

    /// <summary>Compiles what the first call needs, so that a process which stands by is quick at once; the function is not called.</summary>
    private static void Prepare(MethodInfo function, Type argument, Type result)
    {
        if (!function.IsGenericMethod) RuntimeHelpers.PrepareMethod(function.MethodHandle);
        foreach (Type type in (Type[])[argument, result])
        {
            if (!type.IsValueType) continue;            // JSON of nothing would prepare little
            byte[] nothing = Payload.Write(type, RuntimeHelpers.GetUninitializedObject(type));
            Payload.Read(type, Outcome.Read(Outcome.Returned(nothing).Write()).Result!);
        }
    }

    private static void Give(SharedMemorySegment mail, int from, int to)
    {
        Interlocked.CompareExchange(ref TurnOf(mail), to, from);
        SharedFutex.Wake(ref TurnOf(mail), int.MaxValue);
    }

    private static void Write(SharedMemorySegment mail, byte[] bytes)
    {
        if (bytes.Length > mail.Size - BytesAt) throw TooLong("argument or exception", bytes.Length, mail);
        mail.At<int>(LengthAt) = bytes.Length;
        bytes.CopyTo(mail.AsSpan(BytesAt, bytes.Length));
    }

    private static byte[] Read(SharedMemorySegment mail) => mail.AsSpan(BytesAt, mail.At<int>(LengthAt)).ToArray();

    private static int Turn(SharedMemorySegment mail) => Volatile.Read(ref TurnOf(mail));

    private static ref int TurnOf(SharedMemorySegment mail) => ref mail.At<int>(TurnAt);

    private static InvalidOperationException TooLong(string what, int bytes, SharedMemorySegment mail) =>
        new($"The {what} takes {bytes} bytes and there is room for {mail.Size - BytesAt}. Raise IsolatedFunctionOptions.MostBytes.");
}
