using ConcurrencySpecs.Benchmarks.Measuring;
using ConcurrencySpecs.Processes;

namespace ConcurrencySpecs.Benchmarks.Processes;

/// <summary>Two processes that measure together, each on a core of its own, or both on one: then neither can spin, and each wait is a sleep.</summary>
internal sealed class Duo : IDisposable
{
    private const int Nobody = -1;
    private readonly DuoTable _table;
    private readonly ChildProcess _host;

    public Duo(bool onOneCore)
    {
        _table = DuoTable.Create(onOneCore);
        _host = ChildProcess.Create(Host, _table).Start();
    }

    /// <summary>Nanoseconds for each turn of what the two played.</summary>
    public double Ask(Play play)
    {
        ref DuoWords words = ref _table.Look();
        words.IsOver = false;
        words.Play = play;
        _table.Ball.Value = Nobody;
        foreach (var begin in _table.Begin) begin.Release();
        for (int i = 0; i < 2; i++)
            while (!_table.Done.TryWait(TimeSpan.FromSeconds(1)))
                if (!_host.IsAlive) throw new InvalidOperationException($"The measuring processes ended while they played {play}: {_host.ExitStatus}");
        return words.Nanoseconds / Math.Max(1, words.Turns + words.OtherTurns);
    }

    public void Dispose()
    {
        _table.End.Set();
        _host.Join();
        _host.Dispose();
        _table.Dispose();
    }

    // The two are its children, so that they are born with its core and never believe that there are two.
    private static void Host(DuoTable table)
    {
        if (table.IsOnOneCore) Affinity.Pin(0);
        ChildProcess[] two = [.. Enumerable.Range(0, 2).Select(end => ChildProcess.Create(
            it => new DuoEnd(it.Table, it.End).Serve(), (Table: table, End: end), new() { Lifetime = ChildLifetime.KilledWithParent }).Start())];
        table.End.Wait();
        foreach (ChildProcess one in two) one.Dispose();
    }
}
