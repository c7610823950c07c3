namespace ConcurrencySpecs.Broken.Counters;

[Broken("holds its lock while it reads and while it writes, but not in between", "Interleavings")]
public sealed class CounterWithALockAroundHalf : CounterContract
{
    protected override ICounter NewSubject() => new Twin();

    private sealed class Twin : ICounter
    {
        private readonly Lock _gate = new();
        private int _count;

        public int Increment()
        {
            int next;
            lock (_gate) next = _count + 1;
            lock (_gate) return _count = next;
        }
    }
}

[Broken("lets two in: its lock is a flag that is looked at and then set", "Interleavings")]
public sealed class CounterBehindAFlag : CounterContract
{
    protected override ICounter NewSubject() => new Twin();

    private sealed class Twin : ICounter
    {
        private bool _taken;
        private int _count;

        public int Increment()
        {
            while (Volatile.Read(ref _taken)) Thread.Yield();
            Volatile.Write(ref _taken, true);
            int count = ++_count;
            Volatile.Write(ref _taken, false);
            return count;
        }
    }
}

[Broken("gives up its compare-and-swap after the first failure and adds nothing", "Interleavings")]
public sealed class CounterThatTriesOnce : CounterContract
{
    protected override ICounter NewSubject() => new Twin();

    private sealed class Twin : ICounter
    {
        private int _count;

        public int Increment()
        {
            int seen = Volatile.Read(ref _count);
            Interlocked.CompareExchange(ref _count, seen + 1, seen);
            return seen + 1;
        }
    }
}
