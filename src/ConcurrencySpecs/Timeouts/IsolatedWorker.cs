using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using ConcurrencySpecs.Native;
using ConcurrencySpecs.Processes;
using ConcurrencySpecs.SharedMemory;

namespace ConcurrencySpecs.Timeouts;

/// <summary>What a worker is to do: the function, and the types that go to and fro.</summary>
internal sealed record IsolatedWork(Entry Function, TypePlace ArgumentType, TypePlace ResultType) : IWrittenByHand
{
    public SharedMemorySegment? Mail { get; init; }

    public void Write(BinaryWriter to)
    {
        Function.Write(to);
        ArgumentType.Write(to);
        ResultType.Write(to);
        to.Write(HandedDescriptors.Current.Add(Mail!.File));
    }

    public object Read(BinaryReader from) => new IsolatedWork(Entry.Read(from), TypePlace.Read(from), TypePlace.Read(from))
    {
        Mail = SharedMemorySegment.Adopt(Descriptors.Duplicate(HandedDescriptors.Current.At(from.ReadInt32())), name: null, SegmentFormat.PlainKind),
    };
}

/// <summary>A process that waits for calls of one function, and the sheet of shared memory that they go over.</summary>
[UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "The constructor of IsolatedFunction, the only way here, says it.")]
[UnconditionalSuppressMessage("AOT", "IL3050", Justification = "The constructor of IsolatedFunction, the only way here, says it.")]
internal sealed class IsolatedWorker : IDisposable
{
    // The letter beside the turn, length and bytes, is written by who has the turn: see IsolatedTurn.
    private const int TurnAt = 0, LengthAt = 4, BytesAt = 8;
    private const int Sigterm = 15;
    private readonly SharedMemorySegment _mail;
    private readonly ChildProcess _process;

    public IsolatedWorker(IsolatedWork work, int bytes)
    {
        _mail = SharedMemorySegment.CreateAnonymous(BytesAt + (long)bytes);
        _process = ChildProcess.Create(Serve, work with { Mail = _mail }, new() { Lifetime = ChildLifetime.KilledWithParent });
        try
        {
            _process.Start();
        }
        catch
        {
            Dispose();
            throw;
        }

        _process.Ended.ContinueWith(_ => TellDeath(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    /// <summary>Waits until the process can take a call; one that has died can take it too, and will be found out.</summary>
    public void AwaitReady() => IsolatedTurn.AwaitReady(ref TurnOf(_mail));

    /// <summary>False when the limit was over first; the process is then busy for good and has to be ended.</summary>
    public bool TryCall(byte[] argument, TimeSpan limit, out byte[] result)
    {
        long due = DeadlineClock.After(Stopwatch.GetTimestamp(), limit);
        result = [];
        Write(_mail, argument);
        CallEnd end = IsolatedTurn.Call(ref TurnOf(_mail), due);
        if (end == CallEnd.Expired) return false;
        if (end == CallEnd.Died) throw new ChildEndedException($"The process of an isolated function {_process.ExitStatus} during a call.");
        Outcome outcome = Outcome.Read(Read(_mail));
        result = outcome.Result ?? [];
        return outcome.FailureIn(_process.Name) is { } failure ? throw failure : true;
    }

    /// <summary>Ends the process, by SIGTERM and after the grace by SIGKILL; returns when it has ended.</summary>
    /// <returns>Whether it was SIGKILL that ended it: one that was ending already may do so before that comes.</returns>
    public bool End(TimeSpan grace)
    {
        _process.Terminate();
        if (!_process.Join(grace)) _process.Kill();
        _process.Join();
        return _process.ExitStatus?.Signal == Signals.Signal.Kill.Number;
    }

    public void Dispose()
    {
        _process.Dispose();
        _mail.Dispose();
    }

    private void TellDeath()
    {
        if (!_mail.IsDisposed) IsolatedTurn.TellDeath(ref TurnOf(_mail));
    }

    /// <summary>The life of the worker process.</summary>
    private static void Serve(IsolatedWork work)
    {
        EndAtOnceBySigterm();
        SharedMemorySegment mail = work.Mail!;
        MethodInfo function = work.Function.Find();
        object? target = function.IsStatic ? null : RuntimeHelpers.GetUninitializedObject(function.DeclaringType!);
        Type argument = work.ArgumentType.Find(), result = work.ResultType.Find();
        Prepare(function, argument, result);
        Rehearse(mail);
        TimeSlices.Take(TimeSlices.Longest);            // a caller whose limit is over while the function has its core is not to wait for it
        IsolatedTurn.Stand(ref TurnOf(mail));
        while (true)
        {
            IsolatedTurn.AwaitCall(ref TurnOf(mail));
            Outcome outcome;
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
            IsolatedTurn.Return(ref TurnOf(mail));
        }
    }

    /// <summary>As the runtime does too, but by a handler that takes up to a millisecond. Who handles the signal replaces either.</summary>
    private static void EndAtOnceBySigterm()
    {
        if (SignalCalls.ReadAction(Sigterm, out SignalAction inherited) == 0 && inherited.IsHandled)
            SignalCalls.Sigaction(Sigterm, new SignalAction { Handler = SignalAction.Default });
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

    /// <summary>The steps of a call with a function that does nothing, for the same reason.</summary>
    private static void Rehearse(SharedMemorySegment mail)
    {
        Func<int, int> nothing = static argument => argument;
        object given = Payload.Read(typeof(int), Payload.Write(typeof(int), 0))!;
        object? answer = nothing.Method.Invoke(nothing.Target, BindingFlags.DoNotWrapExceptions, null, [given], null);
        Write(mail, Outcome.Returned(Payload.Write(typeof(int), answer)).Write());
        Read(mail);
        int turn = 0;
        IsolatedTurn.Return(ref turn);                  // it was not called, so nothing happens
    }

    private static void Write(SharedMemorySegment mail, byte[] bytes)
    {
        if (bytes.Length > mail.Size - BytesAt) throw TooLong("argument or exception", bytes.Length, mail);
        mail.At<int>(LengthAt) = bytes.Length;
        bytes.CopyTo(mail.AsSpan(BytesAt, bytes.Length));
    }

    private static byte[] Read(SharedMemorySegment mail) => mail.AsSpan(BytesAt, mail.At<int>(LengthAt)).ToArray();

    private static ref int TurnOf(SharedMemorySegment mail) => ref mail.At<int>(TurnAt);

    private static InvalidOperationException TooLong(string what, int bytes, SharedMemorySegment mail) =>
        new($"The {what} takes {bytes} bytes and there is room for {mail.Size - BytesAt}. Raise IsolatedFunctionOptions.MostBytes.");
}
