namespace ConcurrencySpecs.Testing.RealThreads;

/// <summary>Seeded delays of nothing up to some hundred nanoseconds, in steps of about one, so that calls overlap in every way that they can.</summary>
/// <remarks>Thread.SpinWait is too coarse for this: one of its steps is longer than most windows.</remarks>
internal struct Jitter(ulong seed)
{
    private ulong _state = seed | 1;

    public void Delay()
    {
        _state ^= _state << 13;
        _state ^= _state >> 7;
        _state ^= _state << 17;
        int steps = (int)((_state >> 32) & (_state & 3) switch { 0 => 0u, 1 => 15, 2 => 63, _ => 255 });
        for (int i = 0; i < steps; i++) _state = (_state * 0xD1342543DE82EF95) + 1;
        _state |= 1;
    }
}
