/// <summary>Moves coins between purses; nobody else may touch either purse meanwhile.</summary>
public static class Bank
{
    // TODO: let transfers in opposite directions never wait for each other for ever, and let no coin get lost.
    public static void Transfer(Purse from, Purse to, int coins)
    {
        lock (from)
        {
            lock (to)
            {
                from.Coins -= coins;
                to.Coins += coins;
            }
        }
    }
}
