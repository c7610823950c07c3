/// <summary>The shelf never overflows, because what does not fit is thrown away.</summary>
public sealed class Warehouse(Shelf shelf)
{
    private readonly object _gate = new();

    public void Put(int box)
    {
        lock (_gate)
        {
            if (shelf.IsFull) return;
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
