public sealed class Tank
{
    public int Litres => 0;

    public void Fill(int litres) { }
}
