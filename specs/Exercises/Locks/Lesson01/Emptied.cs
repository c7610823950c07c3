public sealed class Account
{
    public int Balance => 0;

    public void Deposit(int amount) { }
}
