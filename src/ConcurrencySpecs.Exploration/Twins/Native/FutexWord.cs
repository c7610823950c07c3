using System.Numerics;
using ConcurrencySpecs.Exploration.Scheduling;

namespace ConcurrencySpecs.Exploration.Twins;

/// <summary>Those who sleep at one word. Which of them a wake-up reaches is a choice: the system promises no order.</summary>
internal sealed class FutexWord : SyncObject
{
    private const int LooksAfterADeath = 3;

    // I1  bit n of _asleep is set while thread n is between Lie and Leave
    // I2  bit n of _called is set when n was asleep at a wake-up that has not been used up
    // I3  0 ≤ _wakes ≤ the bits in _called: so many of them may leave
    private ulong _asleep;
    private ulong _called;
    private int _wakes;
    private byte[]? _looks;

    /// <summary>Whether threads sleep here as processes do, who look again when one of them has died.</summary>
    public bool IsShared { get; set; }

    internal override SyncState State => new(_wakes, _called);

    internal override string Noun => "futex";

    internal override bool Admits(in SyncState state, int thread, long demand) => state.Value > 0 && (state.Threads >> thread & 1) != 0;

    /// <summary>Whether the thread, which would sleep here though somebody has died, may look again instead, as it would after a while.</summary>
    /// <remarks>A few times: for what it waits for now, and for what it waits for next. Who would look for ever is found to be stuck.</remarks>
    public bool MayLookUp(int thread) => _looks is null || _looks[thread] < LooksAfterADeath;

    /// <summary>It does.</summary>
    public void LooksUp(int thread) => (_looks ??= new byte[Execution.MaxThreads])[thread]++;

    /// <summary>Something has changed since: all who sleep or are about to may look again, as they would after a while.</summary>
    public void Rouse()
    {
        if (_looks is not null) Array.Clear(_looks);
        Wake(int.MaxValue);
    }

    public void Lie(int thread) => _asleep |= 1ul << thread;

    /// <summary>A thread goes; one that was woken uses a wake-up up.</summary>
    public void Leave(int thread, bool woken)
    {
        _asleep &= ~(1ul << thread);
        _called &= ~(1ul << thread);
        _wakes = Math.Min(woken ? _wakes - 1 : _wakes, BitOperations.PopCount(_called));
        if (_wakes == 0) _called = 0;
    }

    /// <returns>How many it reaches who had not been reached before.</returns>
    public int Wake(int count)
    {
        int before = _wakes;
        _called |= _asleep;
        _wakes = (int)Math.Min((long)_wakes + count, BitOperations.PopCount(_called));
        if (_wakes == 0) _called = 0;
        return _wakes - before;
    }
}
