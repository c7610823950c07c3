public sealed class Lesson_01_Lost_update : Lesson
{
    [Fact]
    public void two_deposits_of_1_make_2() => Every(() =>
    {
        var account = new Account();
        Together(() => account.Deposit(1), () => account.Deposit(1));
        Expect(account.Balance != 0, "nothing");
        Expect(account.Balance == 2, "lost", account.Balance);
    });

    protected override string Explain(Evidence seen) =>
        seen.Key != "lost" ? seen.Key
        : seen.Count("Monitor.Enter") > 0 ? "lost.locks"
        : seen.Count("Volatile.Read") > 0 ? "lost.volatile"
        : "lost";
}
