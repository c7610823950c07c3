/// <summary>A tank that several pumps fill.</summary>
public sealed class Tank
{
    private readonly Lock _gate = new();
    private int _litres;

    public int Litres => _litres;

    // TODO: every access is under the lock, and still litres get lost. Let none get lost.
    public void Fill(int litres)
    {
        int level;
        lock (_gate) level = _litres;
        lock (_gate) _litres = level + litres;
    }
}
