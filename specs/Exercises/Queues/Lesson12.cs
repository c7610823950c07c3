/// <summary>Room for one item. Some threads wait until there is room, others until there is an item.</summary>
public sealed class Slot
{
    private readonly object _gate = new();
    private bool _full;
    private int _item;

    // TODO: let everybody who can go on be woken, so that in the end nobody sleeps.
    public void Put(int item)
    {
        lock (_gate)
        {
            while (_full) Monitor.Wait(_gate);
            (_item, _full) = (item, true);
            Monitor.Pulse(_gate);
        }
    }

    public int Take()
    {
        lock (_gate)
        {
            while (!_full) Monitor.Wait(_gate);
            _full = false;
            Monitor.Pulse(_gate);
            return _item;
        }
    }
}
