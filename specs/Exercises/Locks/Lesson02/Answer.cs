/// <summary>A tank that several pumps fill.</summary>
public sealed class Tank
{
    private readonly Lock _gate = new();
    private int _litres;

    public int Litres => _litres;

    public void Fill(int litres)
    {
        lock (_gate)
        {
            int level = _litres;
            _litres = level + litres;
        }
    }
}
