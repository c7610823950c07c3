public sealed class Warehouse(Shelf shelf)
{
    public void Put(int box) => _ = shelf;

    public int Take() => 0;
}
