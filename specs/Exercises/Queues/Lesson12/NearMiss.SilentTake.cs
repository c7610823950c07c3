/// <summary>Who puts wakes everybody; who takes, nobody: the one who waits for room sleeps on.</summary>
public sealed class Slot
{
    private readonly object _gate = new();
    private bool _full;
    private int _item;

    public void Put(int item)
    {
        lock (_gate)
        {
            while (_full) Monitor.Wait(_gate);
            (_item, _full) = (item, true);
            Monitor.PulseAll(_gate);
        }
    }

    public int Take()
    {
        lock (_gate)
        {
            while (!_full) Monitor.Wait(_gate);
            _full = false;
            return _item;
        }
    }
}
