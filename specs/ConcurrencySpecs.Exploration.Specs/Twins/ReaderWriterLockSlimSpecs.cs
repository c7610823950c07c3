using ConcurrencySpecs.Exploration.Scheduling;
using ConcurrencySpecs.Exploration.Twins;
using static Exploring;
using ReaderWriterLockSlim = ConcurrencySpecs.Exploration.Twins.ReaderWriterLockSlim;

public sealed class A_reader_writer_lock_twin
{
    [Fact]
    public void lets_readers_in_together_and_writers_alone() => Ends("0 0 | 0 1 | 1 0 | 1 1", () =>
    {
        var gate = new ReaderWriterLockSlim();
        int value = 0, a = 0, b = 0;
        void Read(ref int seen)
        {
            gate.EnterReadLock();
            seen = value;
            gate.ExitReadLock();
        }
        Together(() => Read(ref a), () => Read(ref b), () =>
        {
            gate.EnterWriteLock();
            value = 1;
            gate.ExitWriteLock();
        });
        return $"{a} {b}";
    });

    [Fact]
    public void is_found_upgraded_by_two() => Fails(Outcome.Threw, () =>
    {
        var gate = new ReaderWriterLockSlim();
        gate.EnterReadLock();
        gate.EnterWriteLock();
    });

    [Fact]
    public void waits_with_a_time_out_both_ways() => Ends("1 | 2", () =>
    {
        var gate = new ReaderWriterLockSlim();
        int entered = 0;
        void Try()
        {
            if (!gate.TryEnterWriteLock(10)) return;
            entered++;
            gate.ExitWriteLock();
        }
        Together(Try, Try);
        return entered;
    });

    [Theory, InlineData(LockRecursionPolicy.NoRecursion), InlineData(LockRecursionPolicy.SupportsRecursion)]
    public void answers_like_the_real_one(LockRecursionPolicy policy)
    {
        Agree(() =>
        {
            var l = new System.Threading.ReaderWriterLockSlim(policy);
            return $"{Try(l.ExitReadLock)} {Try(l.ExitWriteLock)} {Try(l.EnterReadLock)} {Try(l.EnterReadLock)} {Try(() => l.TryEnterWriteLock(0))} " +
                $"{Try(() => l.TryEnterUpgradeableReadLock(0))} {l.RecursiveReadCount} {l.CurrentReadCount} {Try(l.ExitReadLock)} {Try(l.ExitReadLock)} " +
                $"{Try(l.EnterUpgradeableReadLock)} {Try(l.EnterUpgradeableReadLock)} {Try(l.EnterReadLock)} {Try(l.ExitReadLock)} " +
                $"{Try(l.EnterWriteLock)} {Try(l.EnterWriteLock)} {Try(l.EnterReadLock)} {l.IsWriteLockHeld} {l.IsUpgradeableReadLockHeld} " +
                $"{l.RecursiveWriteCount} {Try(l.Dispose)}";
        }, () =>
        {
            var l = new ReaderWriterLockSlim(policy);
            return $"{Try(l.ExitReadLock)} {Try(l.ExitWriteLock)} {Try(l.EnterReadLock)} {Try(l.EnterReadLock)} {Try(() => l.TryEnterWriteLock(0))} " +
                $"{Try(() => l.TryEnterUpgradeableReadLock(0))} {l.RecursiveReadCount} {l.CurrentReadCount} {Try(l.ExitReadLock)} {Try(l.ExitReadLock)} " +
                $"{Try(l.EnterUpgradeableReadLock)} {Try(l.EnterUpgradeableReadLock)} {Try(l.EnterReadLock)} {Try(l.ExitReadLock)} " +
                $"{Try(l.EnterWriteLock)} {Try(l.EnterWriteLock)} {Try(l.EnterReadLock)} {l.IsWriteLockHeld} {l.IsUpgradeableReadLockHeld} " +
                $"{l.RecursiveWriteCount} {Try(l.Dispose)}";
        });
    }
}
