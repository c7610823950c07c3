/// <summary>The finally was added, and the old Exit forgotten.</summary>
public sealed class Printer
{
    private readonly object _gate = new();

    public int Printed { get; private set; }

    public void Print(string page)
    {
        Monitor.Enter(_gate);
        try
        {
            if (page.Length == 0) throw new ArgumentException("The page is empty.");
            Printed++;
            Monitor.Exit(_gate);
        }
        finally
        {
            Monitor.Exit(_gate);
        }
    }
}
