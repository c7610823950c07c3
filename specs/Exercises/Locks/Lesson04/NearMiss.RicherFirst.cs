/// <summary>An order, but not the same for everyone: two equal purses, or two that changed meanwhile, are ordered as it comes.</summary>
public static class Bank
{
    public static void Transfer(Purse from, Purse to, int coins)
    {
        (Purse first, Purse second) = from.Coins >= to.Coins ? (from, to) : (to, from);
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
