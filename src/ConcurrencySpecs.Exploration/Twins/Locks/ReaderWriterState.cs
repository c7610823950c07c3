using ConcurrencySpecs.Exploration.Scheduling;

namespace ConcurrencySpecs.Exploration.Twins;

/// <summary>Who reads, who writes, who may upgrade. A reader may overtake a waiting writer: the real lock promises no order.</summary>
internal sealed class ReaderWriterState : SyncObject
{
    public const long Read = 1, Write = 2, Upgrade = 3;

    // I1  at most one thread writes, and then no other reads or may upgrade
    // I2  at most one thread may upgrade
    private readonly Dictionary<int, Holds> _holds = [];

    public sealed class Holds
    {
        public int Reads { get; set; }
        public int Writes { get; set; }
        public int Upgrades { get; set; }
        public bool Any => (Reads | Writes | Upgrades) != 0;
    }

    public Holds Mine => _holds.TryGetValue(Steps.Me, out Holds? known) ? known : _holds[Steps.Me] = new Holds();
    public bool Held => _holds.Values.Any(holds => holds.Any);
    public int Readers => _holds.Values.Count(holds => holds.Reads > 0);

    // The value holds the writer in its low byte and the upgrader in the next, each as a number plus one; the threads are the readers.
    internal override SyncState State
    {
        get
        {
            long value = 0;
            ulong readers = 0;
            foreach ((int thread, Holds holds) in _holds)
            {
                if (holds.Writes > 0) value |= thread + 1L;
                if (holds.Upgrades > 0) value |= (thread + 1L) << 8;
                if (holds.Reads > 0) readers |= 1ul << thread;
            }
            return new(value, readers);
        }
    }

    internal override string Noun => "ReaderWriterLockSlim";

    internal override bool Admits(in SyncState state, int thread, long demand)
    {
        long writer = state.Value & 0xff, upgrader = state.Value >> 8;
        if (writer != 0) return false;
        return demand switch
        {
            Read => true,
            Upgrade => upgrader == 0,
            _ => upgrader == thread + 1 ? (state.Threads & ~(1ul << thread)) == 0 : upgrader == 0 && state.Threads == 0,
        };
    }

    internal override ulong Holders(in SyncState state)
    {
        ulong holders = state.Threads;
        if ((state.Value & 0xff) != 0) holders |= 1ul << (int)((state.Value & 0xff) - 1);
        if (state.Value >> 8 != 0) holders |= 1ul << (int)((state.Value >> 8) - 1);
        return holders;
    }
}
