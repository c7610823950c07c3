public sealed class Lesson_04_Two_locks_in_two_orders : Lesson
{
    [Fact]
    public void opposite_transfers_both_arrive() => Every(() =>
    {
        Purse one = new(1, 10), other = new(2, 10);
        Together(() => Bank.Transfer(one, other, 3), () => Bank.Transfer(other, one, 4));
        Expect(one.Coins != 10, "nothing");
        Expect(one.Coins == 11 && other.Coins == 9, "lost", one.Coins, other.Coins);
    });

    protected override string Explain(Evidence seen) => seen.Key == "deadlock" && seen.Count("Purse.Coins") > 0 ? "deadlock.coins" : seen.Key;
}

public sealed class Purse(int number, int coins)
{
    public readonly int Number = number;

    public int Coins = coins;
}
