using System.Text;
using ConcurrencySpecs.Exploration.Scheduling;
using ConcurrencySpecs.Exploration.Search;

/// <summary>A small random program over two cells, two locks and a semaphore; what its threads see is its outcome.</summary>
public sealed class Generated
{
    private sealed record Op(string Kind, int Target, int Value, Op[] Inner)
    {
        /// <summary>Each operation has a line of its own: two in a row are no rounds of a loop.</summary>
        public int Line { get; set; }
    }

    private const double MostInterleavings = 2_000;

    private readonly Op[][] _threads;
    private readonly int _units;

    // one execution's state
    private Cell[] _cells = [];
    private TestMutex[] _locks = [];
    private TestSemaphore _semaphore = new(0);
    private readonly StringBuilder[] _seen;

    public Generated(int seed)
    {
        var random = new SplitMix((ulong)seed);
        do
        {
            int threads = 2 + random.Below(2);
            int size = threads == 2 ? 4 : 3;
            _units = random.Below(2);
            _threads = new Op[threads][];
            for (int i = 0; i < threads; i++) _threads[i] = Block(ref random, 1 + random.Below(size), 0, -1);
        }
        while (Interleavings() > MostInterleavings);           // naive enumeration has to come to an end
        int lines = 0;
        foreach (Op[] ops in _threads) Place(ops, ref lines);
        _seen = [.. _threads.Select(_ => new StringBuilder())];
    }

    private static void Place(Op[] ops, ref int lines)
    {
        foreach (Op op in ops)
        {
            op.Line = ++lines;
            Place(op.Inner, ref lines);
        }
    }

    /// <summary>In how many ways the steps of the threads can be put in a row, if nothing waits.</summary>
    private double Interleavings()
    {
        double ways = 1;
        int before = 0;
        foreach (Op[] ops in _threads)
            for (int i = 1, steps = ops.Sum(Steps) + 1; i <= steps; i++) ways = ways * ++before / i;
        return ways;
    }

    private static int Steps(Op op) => op.Kind switch
    {
        "lock" or "trylock" or "timedlock" => 2 + op.Inner.Sum(Steps),
        "wait" or "timedwait" or "await" => 2,
        _ => 1,
    };

    public override string ToString() => string.Join("\n", _threads.Select((ops, i) => $"T{i + 1}: " + Text(ops))) + $"\nunits {_units}";

    private static string Text(Op[] ops) => string.Join("; ", ops.Select(op => $"{op.Kind}{op.Target}"
        + (op.Kind is "write" or "add" or "cas" or "throw" ? $"({op.Value})" : "") + (op.Inner.Length > 0 ? " { " + Text(op.Inner) + " }" : "")));

    private static Op[] Block(ref SplitMix random, int length, int depth, int held)
    {
        var ops = new Op[length];
        for (int i = 0; i < length; i++) ops[i] = One(ref random, depth, held);
        return ops;
    }

    private static Op One(ref SplitMix random, int depth, int held)
    {
        int target = random.Below(2), value = 1 + random.Below(2);
        switch (random.Below(depth < 2 ? 16 : 11))
        {
            case 0 or 1: return new Op("read", target, 0, []);
            case 2 or 3: return new Op("write", target, value, []);
            case 4: return new Op("vread", target, 0, []);
            case 5: return new Op("vwrite", target, value, []);
            case 6: return new Op("add", target, value, []);
            case 7: return new Op("cas", target, value, []);
            case 8: return new Op("release", 0, 0, []);
            case 9: return held >= 0 ? new Op(value == 1 ? "pulse" : "pulseall", held, 0, []) : new Op("throw", target, value, []);
            case 10: return held >= 0 ? new Op(value == 1 ? "wait" : "timedwait", held, 0, []) : new Op("semtimed", 0, 0, []);
            case 11: return value == 1 ? new Op("sem", 0, 0, []) : new Op("await", target, 0, []);
            case 12 or 13 when target != held: return new Op("lock", target, 0, Block(ref random, 1 + random.Below(2), depth + 1, target));
            case 14 when target != held: return new Op("trylock", target, 0, Block(ref random, 1, depth + 1, target));
            case 15 when target != held: return new Op("timedlock", target, 0, Block(ref random, 1, depth + 1, target));
            default: return new Op("add", target, value, []);
        }
    }

    public void Body()
    {
        _cells = [new Cell(), new Cell()];
        _locks = [new TestMutex(), new TestMutex()];
        _semaphore = new TestSemaphore(_units);
        foreach (StringBuilder seen in _seen) seen.Clear();
        var bodies = new Action[_threads.Length];
        for (int i = 0; i < bodies.Length; i++)
        {
            int me = i;
            bodies[i] = () => Go(_threads[me], _seen[me]);
        }
        Run.Together(bodies);
    }

    internal string Outcome(Verdict verdict)
    {
        string seen = string.Join('|', _seen.Select(s => s.ToString()));
        return $"{verdict.Signature} {_cells[0].Peek} {_cells[1].Peek} {_semaphore.Peek} {seen}";
    }

    private void Go(Op[] ops, StringBuilder seen)
    {
        foreach (Op op in ops) Do(op, seen);
    }

    private void Do(Op op, StringBuilder seen)
    {
        switch (op.Kind)
        {
            case "read": seen.Append(_cells[op.Target].Read(op.Line)).Append(','); break;
            case "write": _cells[op.Target].Write(op.Value, op.Line); break;
            case "vread": seen.Append(_cells[op.Target].VolatileRead(op.Line)).Append(','); break;
            case "vwrite": _cells[op.Target].VolatileWrite(op.Value, op.Line); break;
            case "add": seen.Append(_cells[op.Target].Add(op.Value, op.Line)).Append(','); break;
            case "cas": seen.Append(_cells[op.Target].CompareExchange(op.Value + 1, op.Value, op.Line) ? 'y' : 'n').Append(','); break;
            case "throw": if (_cells[op.Target].Read(op.Line) == op.Value) throw new InvalidOperationException("seen"); break;
            case "await": while (_cells[op.Target].VolatileRead(op.Line) == 0) { } break;
            case "release": _semaphore.Release(op.Line); break;
            case "sem": _semaphore.Wait(op.Line); seen.Append("s,"); break;
            case "semtimed": seen.Append(_semaphore.TryWait(5, op.Line) ? "S," : "T,"); break;
            case "pulse": _locks[op.Target].Pulse(op.Line); break;
            case "pulseall": _locks[op.Target].PulseAll(op.Line); break;
            case "wait": _locks[op.Target].Wait(op.Line); seen.Append("w,"); break;
            case "timedwait": seen.Append(_locks[op.Target].TryWait(5, op.Line) ? "W," : "X,"); break;
            case "lock":
                _locks[op.Target].Enter(op.Line);
                Inside(op, seen);
                break;
            case "trylock":
            case "timedlock":
                bool got = _locks[op.Target].TryEnter(op.Kind == "trylock" ? 0 : 5, op.Line);
                seen.Append(got ? "l," : "-,");
                if (got) Inside(op, seen);
                break;
            default: throw new NotSupportedException(op.Kind);
        }
    }

    private void Inside(Op op, StringBuilder seen)
    {
        try
        {
            Go(op.Inner, seen);
        }
        finally
        {
            _locks[op.Target].Exit(op.Line);
        }
    }
}
