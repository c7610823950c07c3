/// <summary>Everybody is woken, and nobody looks again: lesson 6.</summary>
public sealed class Slot
{
    private readonly object _gate = new();
    private bool _full;
    private int _item;

    public void Put(int item)
    {
        lock (_gate)
        {
            if (_full) Monitor.Wait(_gate);
            (_item, _full) = (item, true);
            Monitor.PulseAll(_gate);
        }
    }

    public int Take()
    {
        lock (_gate)
        {
            if (!_full) Monitor.Wait(_gate);
            _full = false;
            Monitor.PulseAll(_gate);
            return _item;
        }
    }
}
