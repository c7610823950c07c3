/// <summary>The lock is freed, and the exception with it.</summary>
public sealed class Printer
{
    private readonly object _gate = new();

    public int Printed { get; private set; }

    public void Print(string page)
    {
        Monitor.Enter(_gate);
        if (page.Length > 0) Printed++;
        Monitor.Exit(_gate);
    }
}
