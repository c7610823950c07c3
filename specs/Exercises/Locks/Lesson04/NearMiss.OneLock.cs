/// <summary>With one lock there is no cycle, and no protection for the other purse.</summary>
public static class Bank
{
    public static void Transfer(Purse from, Purse to, int coins)
    {
        lock (from)
        {
            from.Coins -= coins;
            to.Coins += coins;
        }
    }
}
