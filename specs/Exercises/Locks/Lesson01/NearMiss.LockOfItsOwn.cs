/// <summary>Every deposit takes a lock: a new one each time, which nobody else can be waiting for.</summary>
public sealed class Account
{
    private int _balance;

    public int Balance => _balance;

    public void Deposit(int amount)
    {
        lock (new object()) _balance += amount;
    }
}
