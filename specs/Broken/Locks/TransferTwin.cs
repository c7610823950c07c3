using ConcurrencySpecs.Testing;
using FsCheck.Fluent;

namespace ConcurrencySpecs.Broken.Locks;

/// <summary>Two accounts and the money that moves between them.</summary>
public interface IAccounts
{
    int Transfer(int amount);
}

/// <summary>What transfers owe: each ends, and the balance of the first account is what all of them together make it.</summary>
public abstract class AccountsContract : ConcurrentSpec<IAccounts, int>
{
    protected override int InitialState => 0;

    protected override int Threads => 2;

    protected override IEnumerable<Operation<IAccounts, int>> Operations =>
    [
        Operation(
            "TransferForth", Gen.Choose(1, 9), (accounts, amount) => accounts.Transfer(amount), (balance, amount) => (balance + amount, balance + amount)),
        Operation(
            "TransferBack", Gen.Choose(1, 9), (accounts, amount) => accounts.Transfer(-amount), (balance, amount) => (balance - amount, balance - amount)),
    ];
}

[Broken("takes the lock of the giver first: two transfers that meet hold what the other needs", "Interleavings")]
public sealed class AccountsLockedInTwoOrders : AccountsContract
{
    protected override IAccounts NewSubject() => new Twin();

    private sealed class Twin : IAccounts
    {
        private readonly Lock _first = new();
        private readonly Lock _second = new();
        private int _balance;

        public int Transfer(int amount)
        {
            var (giver, taker) = amount < 0 ? (_first, _second) : (_second, _first);
            lock (giver)
                lock (taker)
                    return _balance += amount;
        }
    }
}
