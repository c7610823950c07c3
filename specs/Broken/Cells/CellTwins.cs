namespace ConcurrencySpecs.Broken.Cells;

[Broken("looks whether it is set, and then sets it: two callers win", "Interleavings")]
public sealed class OnceChecksThenActs : OnceContract
{
    protected override IOnce NewSubject() => new Twin();

    private sealed class Twin : IOnce
    {
        private int _value;

        public int? Value => Volatile.Read(ref _value) is var value and not 0 ? value : null;

        public bool TrySet(int value)
        {
            if (Volatile.Read(ref _value) != 0) return false;
            Volatile.Write(ref _value, value);
            return true;
        }
    }
}

[Broken("says that it is set before the value is there", "Interleavings")]
public sealed class OnceAnnouncesTooEarly : OnceContract
{
    protected override IOnce NewSubject() => new Twin();

    private sealed class Twin : IOnce
    {
        private int _set;
        private int _value;

        public int? Value => Volatile.Read(ref _set) == 1 ? Volatile.Read(ref _value) : null;

        public bool TrySet(int value)
        {
            if (Interlocked.Exchange(ref _set, 1) == 1) return false;
            Volatile.Write(ref _value, value);
            return true;
        }
    }
}

[Broken("reads a sequence lock without looking at the sequence again", "Interleavings")]
public sealed class PairReadsWithoutASecondLook : PairContract
{
    protected override IPair NewSubject() => new Twin();

    private sealed class Twin : IPair
    {
        private int _sequence;
        private int _first;
        private int _second;

        public void Write(int value)
        {
            Volatile.Write(ref _sequence, _sequence + 1);
            Volatile.Write(ref _first, value);
            Volatile.Write(ref _second, value);
            Volatile.Write(ref _sequence, _sequence + 1);
        }

        public (int First, int Second) Read()
        {
            while (Volatile.Read(ref _sequence) % 2 != 0) Thread.Yield();
            return (Volatile.Read(ref _first), Volatile.Read(ref _second));
        }
    }
}

[Broken("makes its sequence odd only after the first number is written", "Interleavings")]
public sealed class PairMarksTooLate : PairContract
{
    protected override IPair NewSubject() => new Twin();

    private sealed class Twin : IPair
    {
        private int _sequence;
        private int _first;
        private int _second;

        public void Write(int value)
        {
            Volatile.Write(ref _first, value);
            Volatile.Write(ref _sequence, _sequence + 1);
            Volatile.Write(ref _second, value);
            Volatile.Write(ref _sequence, _sequence + 1);
        }

        public (int First, int Second) Read()
        {
            while (true)
            {
                int before = Volatile.Read(ref _sequence);
                var seen = (Volatile.Read(ref _first), Volatile.Read(ref _second));
                if (before % 2 == 0 && before == Volatile.Read(ref _sequence)) return seen;
            }
        }
    }
}
