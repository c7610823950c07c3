using System.Runtime.CompilerServices;
using ConcurrencySpecs.Exploration.Scheduling;

/// <summary>An integer in memory, accessed as rewritten code would access it.</summary>
public sealed class Cell
{
    private int _value;

    public Cell(int value = 0)
    {
        _value = value;
        X.Born(this);
    }

    private static Execution X => Execution.Current!;

    public int Peek => _value;

    public int Read([CallerLineNumber] int line = 0)
    {
        X.Memory(ref Unsafe.As<int, byte>(ref _value), StepKind.Read, Access.Read, Line.Site(line, "cell"));
        return _value;
    }

    public void Write(int value, [CallerLineNumber] int line = 0)
    {
        X.Memory(ref Unsafe.As<int, byte>(ref _value), StepKind.Write, Access.Write, Line.Site(line, "cell"));
        _value = value;
    }

    public int VolatileRead([CallerLineNumber] int line = 0)
    {
        X.Memory(ref Unsafe.As<int, byte>(ref _value), StepKind.VolatileRead, Access.Read, Line.Site(line, "cell"));
        return _value;
    }

    public void VolatileWrite(int value, [CallerLineNumber] int line = 0)
    {
        X.Memory(ref Unsafe.As<int, byte>(ref _value), StepKind.VolatileWrite, Access.Write, Line.Site(line, "cell"));
        _value = value;
    }

    public int Add(int value, [CallerLineNumber] int line = 0)
    {
        X.Memory(ref Unsafe.As<int, byte>(ref _value), StepKind.Update, Access.Write, Line.Site(line, "cell"));
        X.Value(_value + value);
        return _value += value;
    }

    public bool CompareExchange(int value, int expected, [CallerLineNumber] int line = 0)
    {
        X.Memory(ref Unsafe.As<int, byte>(ref _value), StepKind.Update, Access.Write, Line.Site(line, "cell"));
        X.Value(_value);
        if (_value != expected)
        {
            X.Unchanged();
            return false;
        }
        _value = value;
        return true;
    }
}
