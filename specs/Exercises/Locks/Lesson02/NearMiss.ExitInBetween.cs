/// <summary>The lock is entered once and left twice too early: the writing happens outside.</summary>
public sealed class Tank
{
    private readonly Lock _gate = new();
    private int _litres;

    public int Litres => _litres;

    public void Fill(int litres)
    {
        int level;
        lock (_gate) level = _litres;
        _litres = level + litres;
    }
}
