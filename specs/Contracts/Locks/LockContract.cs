using ConcurrencySpecs.Locks;
using ConcurrencySpecs.Testing;

namespace ConcurrencySpecs.Contracts.Locks;

/// <summary>What every lock owes: no two inside, nobody left waiting before a free lock, and a call that gives up has done nothing.</summary>
public abstract class LockContract : ConcurrentSpec<GuardedCounter, int>
{
    private static readonly TimeSpan _soon = TimeSpan.FromTicks(1);

    protected override int InitialState => 0;

    protected override GuardedCounter NewSubject() => new(NewLock());

    protected abstract ILock NewLock();

    protected override IEnumerable<Operation<GuardedCounter, int>> Operations => [Add, TryAdd, AddSoon];

    protected static Operation<GuardedCounter, int> Add { get; } = Operation("Add", counter => counter.Add(), count => (count + 1, count + 1));

    protected static Operation<GuardedCounter, int> TryAdd { get; } = Operation("TryAdd", counter => counter.TryAdd(), OrNothing);

    protected static Operation<GuardedCounter, int> AddSoon { get; } = Operation("Add within a tick", counter => counter.TryAdd(_soon), OrNothing);

    protected static Operation<GuardedCounter, int> AddCutShort { get; } = Operation("Add cut short", counter => counter.AddCutShort(), OrNothing);

    // Who does not wait may always find the lock held; that it is not held for ever is seen by those who wait.
    private static Step<int, int?> OrNothing(int count) => Step.OneOf<int, int?>((count + 1, count + 1), (count, null));
}

/// <summary>The same with waits that a token ends.</summary>
public abstract class LockCutShortContract : LockContract
{
    protected override int Threads => 2;

    protected override IEnumerable<Operation<GuardedCounter, int>> Operations => [Add, AddSoon, AddCutShort];
}
