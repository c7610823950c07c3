/// <summary>One lock less, but the reading has moved out of it.</summary>
public sealed class Tank
{
    private readonly Lock _gate = new();
    private int _litres;

    public int Litres => _litres;

    public void Fill(int litres)
    {
        int level = _litres;
        lock (_gate) _litres = level + litres;
    }
}
