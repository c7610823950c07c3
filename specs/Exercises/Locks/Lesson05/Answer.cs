/// <summary>A printer for one page at a time.</summary>
public sealed class Printer
{
    private readonly object _gate = new();

    public int Printed { get; private set; }

    public void Print(string page)
    {
        lock (_gate)
        {
            if (page.Length == 0) throw new ArgumentException("The page is empty.");
            Printed++;
        }
    }
}
