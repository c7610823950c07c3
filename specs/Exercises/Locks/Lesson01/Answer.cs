/// <summary>An account that several threads pay into.</summary>
public sealed class Account
{
    private readonly Lock _gate = new();
    private int _balance;

    public int Balance => _balance;

    public void Deposit(int amount)
    {
        lock (_gate) _balance += amount;
    }
}
