public sealed class Slot
{
    public void Put(int item) { }

    public int Take() => 0;
}
