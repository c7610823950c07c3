/// <summary>A printer for one page at a time.</summary>
public sealed class Printer
{
    private readonly object _gate = new();

    public int Printed { get; private set; }

    // TODO: let a page that cannot be printed not stop the pages after it. The caller must still learn of it.
    public void Print(string page)
    {
        Monitor.Enter(_gate);
        if (page.Length == 0) throw new ArgumentException("The page is empty.");
        Printed++;
        Monitor.Exit(_gate);
    }
}
