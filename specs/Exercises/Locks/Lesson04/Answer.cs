/// <summary>Moves coins between purses; nobody else may touch either purse meanwhile.</summary>
public static class Bank
{
    public static void Transfer(Purse from, Purse to, int coins)
    {
        (Purse first, Purse second) = from.Number < to.Number ? (from, to) : (to, from);
        lock (first)
        {
            lock (second)
            {
                from.Coins -= coins;
                to.Coins += coins;
            }
        }
    }
}
