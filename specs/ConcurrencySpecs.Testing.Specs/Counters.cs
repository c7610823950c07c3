using ConcurrencySpecs.Testing;
using FsCheck.Fluent;

/// <summary>Something to count with.</summary>
internal interface ICounter
{
    int Add(int amount);

    int Read();
}

internal sealed class AtomicCounter : ICounter
{
    private int _value;

    public int Add(int amount) => Interlocked.Add(ref _value, amount);

    public int Read() => Volatile.Read(ref _value);
}

/// <summary>Correct, in so many steps that no bound lets every schedule of three threads run.</summary>
internal sealed class WordyCounter : ICounter
{
    private int _value;
    private int _words;

    public int Add(int amount)
    {
        for (int word = 0; word < 6; word++) Interlocked.Increment(ref _words);
        return Interlocked.Add(ref _value, amount);
    }

    public int Read() => Volatile.Read(ref _value);
}

/// <summary>Read, add, write: two of them at once lose one.</summary>
internal sealed class RacyCounter : ICounter
{
    private int _value;

    public int Add(int amount) => _value += amount;

    public int Read() => _value;
}

/// <summary>Wrong with one thread already: it forgets the fourth addition.</summary>
internal sealed class ForgetfulCounter : ICounter
{
    private int _value;
    private int _additions;

    public int Add(int amount) => ++_additions == 4 ? _value : _value += amount;

    public int Read() => _value;
}

/// <summary>Adding answers with the new sum.</summary>
internal sealed class CounterSpec<TCounter> : ConcurrentSpec<ICounter, int>
    where TCounter : ICounter, new()
{
    protected internal override ICounter NewSubject() => new TCounter();

    protected internal override int InitialState => 0;

    protected internal override IEnumerable<Operation<ICounter, int>> Operations =>
    [
        Operation("Add", Gen.Choose(1, 9), (counter, amount) => counter.Add(amount), (sum, amount) => (sum + amount, sum + amount)),
        Operation("Read", counter => counter.Read(), sum => (sum, sum)),
    ];
}
