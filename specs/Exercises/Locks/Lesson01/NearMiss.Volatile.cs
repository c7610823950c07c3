/// <summary>Volatile makes each access visible at once; two accesses are still two.</summary>
public sealed class Account
{
    private int _balance;

    public int Balance => _balance;

    public void Deposit(int amount) => Volatile.Write(ref _balance, Volatile.Read(ref _balance) + amount);
}
