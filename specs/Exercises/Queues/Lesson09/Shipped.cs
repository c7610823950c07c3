/// <summary>A warehouse between a truck, which puts boxes on the shelf, and a shop, which takes them.</summary>
public sealed class Warehouse(Shelf shelf)
{
    private readonly object _gate = new();

    // TODO: let the truck wait while the shelf is full, as the shop waits while it is empty.
    public void Put(int box)
    {
        lock (_gate)
        {
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
