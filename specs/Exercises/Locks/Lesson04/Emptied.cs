public static class Bank
{
    public static void Transfer(Purse from, Purse to, int coins) { }
}
