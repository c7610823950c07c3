/// <summary>A warehouse between a truck, which puts boxes on the shelf, and a shop, which takes them.</summary>
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
            int box = shelf.Remove();
            Monitor.PulseAll(_gate);
            return box;
        }
    }
}
