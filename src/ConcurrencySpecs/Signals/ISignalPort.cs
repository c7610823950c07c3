using System.Runtime.InteropServices;

namespace ConcurrencySpecs.Signals;

/// <summary>What the system is asked to do with a signal.</summary>
internal enum Disposition
{
    Handle,
    Ignore,
    Default,
}

/// <summary>What the system does for a <see cref="SignalHub"/>; a simulated one lets the explorer run the hub.</summary>
internal interface ISignalPort
{
    /// <summary>Who else decides what happens with the signal, as a sentence; null when it is free or ours.</summary>
    string? OtherOwner(Signal signal);

    void Apply(Signal signal, Disposition disposition);

    /// <summary>Brings back what was in force before the first <see cref="Apply"/>, unless somebody else has replaced our action since. Who has may
    /// call ours beside its own, and bring it back when it goes: see <see cref="PassOn"/>.</summary>
    void Restore(Signal signal);

    /// <summary>Waits for notes; those of signals that arrived before an order was written come before it. Zero: closed.</summary>
    int Receive(SignalNote[] notes);

    /// <summary>Writes an order behind all that has arrived.</summary>
    void WriteOrder();

    /// <summary>Gives the signal to the calling thread; if it is handled, its note has been written when the call returns.</summary>
    void Raise(Signal signal);

    /// <summary>Gives the signal to the process.</summary>
    void Send(Signal signal);

    /// <summary>Gives a signal that has arrived and that nobody here takes any more to what is in force now, unless that has had it already.</summary>
    void PassOn(Signal signal);
}

/// <summary>One signal that has arrived, or an order of the program (signal 0). The first 32 bytes of the system's siginfo_t.</summary>
[StructLayout(LayoutKind.Explicit, Size = Bytes)]
internal struct SignalNote
{
    public const int Bytes = 32;
    private const int ByUser = 0, Queued = -1, ToThread = -6;

    [FieldOffset(0)] public int Signal;
    [FieldOffset(4)] public int More;                   // how many of the same kind came with it; the system's errno there means nothing
    [FieldOffset(8)] public int Code;
    [FieldOffset(16)] public int Process;

    public readonly bool IsOrder => Signal == 0;

    public readonly SignalInfo Info => new(new(Signal), Code is ByUser or Queued or ToThread && Process > 0 ? Process : null);
}
