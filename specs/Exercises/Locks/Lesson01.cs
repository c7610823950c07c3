/// <summary>An account that several threads pay into.</summary>
public sealed class Account
{
    private int _balance;

    public int Balance => _balance;

    // TODO: let no deposit get lost, however many threads deposit at the same time.
    public void Deposit(int amount)
    {
        int before = _balance;
        _balance = before + amount;
    }
}
