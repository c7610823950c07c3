using System.Runtime.InteropServices;
using ConcurrencySpecs.Native;

namespace ConcurrencySpecs.Signals;

/// <summary>The signals of this process.</summary>
internal sealed unsafe class ProcessSignals : ISignalPort
{
    // I1  _ours[s] is the action that we set last, and _before[s] the one that our first replaced; both or neither
    // I2  they outlive the registrations where somebody else had replaced ours (_isDisplaced): it may call ours for each signal that it gets, and
    //     brings ours back when it goes, after which the next signal has us bring back what was before
    private const int PipeBytes = 1 << 20;                      // 32,768 signals that wait for a slow handler before they are merely counted
    private const int FromNowhere = 0x80;                       // SI_KERNEL
    private const int KeptFree = Signal.Highest;               // room in front for those that found the pipe full
    private readonly SignalAction?[] _before = new SignalAction?[Signal.Highest + 1];
    private readonly SignalAction?[] _ours = new SignalAction?[Signal.Highest + 1];
    private readonly bool[] _isDisplaced = new bool[Signal.Highest + 1];
    private readonly int* _counters = (int*)NativeMemory.AllocZeroed(Signal.Highest + 1, sizeof(int));     // never freed: a handler may run at any time
    private readonly int _reader, _writer;
    private readonly nint _poster;

    public ProcessSignals()
    {
        (_reader, _writer) = PipeCalls.Create(PipeBytes);
        _poster = SignalStub.PostingTo(_writer, _counters);
    }

    public string? OtherOwner(Signal signal)
    {
        SignalAction now = Read(signal);
        if (_ours[signal.Number] is { } ours)
        {
            if (!IsReplaced(signal, ours)) return null;
            if (!_isDisplaced[signal.Number]) return "somebody has replaced this package's action since it was registered. Let one of the two go.";
        }

        return HandlerOwner.Describe(signal, now);
    }

    public void Apply(Signal signal, Disposition disposition)
    {
        if (_isDisplaced[signal.Number] && Read(signal).Handler != _ours[signal.Number]!.Value.Handler) Forget(signal);     // whoever had replaced it has gone
        _isDisplaced[signal.Number] = false;
        _before[signal.Number] ??= Read(signal);
        Write(signal, new()
        {
            Handler = disposition switch { Disposition.Handle => _poster, Disposition.Ignore => SignalAction.Ignored, _ => SignalAction.Default },
            Flags = SignalAction.TellsWhoSent | SignalAction.RestartsCalls,
        });
    }

    public void Restore(Signal signal)
    {
        if (_ours[signal.Number] is not { } ours || _before[signal.Number] is not { } before) return;
        if (IsReplaced(signal, ours))
        {
            _isDisplaced[signal.Number] = true;     // I2
            return;
        }

        Write(signal, before);
        Forget(signal);
    }

    public int Receive(SignalNote[] notes)
    {
        // Looked at after the pipe: who found it full before an order was written is seen with that order, and put before it.
        int count = PipeCalls.Read(_reader, MemoryMarshal.AsBytes(notes.AsSpan(KeptFree))) / SignalNote.Bytes;
        int first = KeptFree;
        for (int i = 0; i < count; i++) notes[first + i].More = 0;
        for (int signal = Signal.Highest; signal > 0; signal--)
        {
            // Safe because the counters are one for each signal. Acquire ← the locked increment of the handler.
            int uncounted = Volatile.Read(ref _counters[signal]) == 0 ? 0 : Interlocked.Exchange(ref _counters[signal], 0);
            if (uncounted > 0) notes[--first] = new() { Signal = signal, More = uncounted - 1, Code = FromNowhere };
        }

        notes.AsSpan(first, count += KeptFree - first).CopyTo(notes);
        return count;
    }

    public void WriteOrder()
    {
        SignalNote order = default;
        PipeCalls.Write(_writer, MemoryMarshal.AsBytes(new ReadOnlySpan<SignalNote>(in order)));
    }

    public void Raise(Signal signal) => SignalCalls.ToThread(SignalCalls.CurrentThread(), signal.Number);

    public void Send(Signal signal) => SignalCalls.Kill(Environment.ProcessId, signal.Number);

    public void PassOn(Signal signal)
    {
        // I2: who replaced ours has had this signal, and would call ours again and again.
        if (_ours[signal.Number] is { } ours && IsReplaced(signal, ours)) return;
        if (_isDisplaced[signal.Number])
        {
            if (_before[signal.Number] is { } before) Write(signal, before);
            Forget(signal);
        }

        Send(signal);
    }

    private static bool IsReplaced(Signal signal, in SignalAction ours) =>
        Read(signal).Handler != ours.Handler || (ours.Handler == SignalAction.Ignored && HandlerOwner.HasRegistered(signal));

    private void Forget(Signal signal)
    {
        _before[signal.Number] = _ours[signal.Number] = null;
        _isDisplaced[signal.Number] = false;
    }

    private void Write(Signal signal, in SignalAction action)
    {
        if (SignalCalls.Sigaction(signal.Number, action) != 0) throw new SystemCallException("sigaction", $"{signal}", Errno.Last);
        _ours[signal.Number] = action;
    }

    private static SignalAction Read(Signal signal) => SignalCalls.ReadAction(signal.Number, out SignalAction action) == 0
        ? action : throw new SystemCallException("sigaction", $"{signal}", Errno.Last);
}
