public sealed class Postbox
{
    public void Post(string letter) { }

    public void Close() { }

    public int Deliver() => 0;
}
