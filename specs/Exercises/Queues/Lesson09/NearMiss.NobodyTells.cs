/// <summary>The truck waits, and nobody tells it when there is room again.</summary>
public sealed class Warehouse(Shelf shelf)
{
    private readonly object _gate = new();

    public void Put(int box)
    {
        lock (_gate)
        {
            while (shelf.IsFull) Monitor.Wait(_gate);
            shelf.Add(box);
            Monitor.PulseAll(_gate);
        }
    }

    public int Take()
    {
        lock (_gate)
        {
            while (shelf.IsEmpty) Monitor.Wait(_gate);
            return shelf.Remove();
        }
    }
}
