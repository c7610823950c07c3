using System.Runtime.InteropServices;
using ConcurrencySpecs.Locks;
using ConcurrencySpecs.SharedMemory;

public sealed class Killed_at_a_random_moment
{
    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public void a_holder_of_a_lock_leaves_it_to_the_next_who_is_told(int seed)
    {
        using var gate = ProcessLock.Create();
        using var pair = SharedMemorySegment.CreateAnonymous(2 * sizeof(long));
        var locked = new Locked(gate, pair);
        Kills.AgainAndAgain(seed, it => { for (Locked own = it.Begin(); ;) own.Count(CancellationToken.None); }, locked, locked.Count);
    }

    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public void a_reader_or_writer_leaves_the_lock_to_the_next_who_is_told(int seed)
    {
        using var gate = ProcessReaderWriterLock.Create();
        using var pair = SharedMemorySegment.CreateAnonymous(2 * sizeof(long));
        var shelf = new Shelf(gate, pair);
        bool reads = false;
        Kills.AgainAndAgain(seed, it =>
        {
            for (Shelf own = it.Begin(); ;)
            {
                own.Write(CancellationToken.None);
                own.Read(CancellationToken.None);
            }
        }, shelf, patience =>
        {
            reads = !reads;
            if (reads) shelf.Read(patience);
            else shelf.Write(patience);
        });
    }

    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public void a_waiter_or_notifier_takes_no_turn_from_the_living(int seed)
    {
        // Whoever is notified takes a turn, notifies the next in line, and waits: a notification that is lost stops everybody.
        using var gate = ProcessLock.Create();
        using var changed = ProcessCondition.Create(gate);
        using var turns = SharedMemorySegment.CreateAnonymous(sizeof(long));
        var table = new Table(changed, turns);
        Kills.AgainAndAgain(seed, it => { for (Table own = it.Begin(); ;) own.TakeTurn(CancellationToken.None); }, table, table.TakeTurn);
    }

    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public void a_party_breaks_the_barrier_for_those_who_wait(int seed)
    {
        using var barrier = ProcessBarrier.Create(2);
        Kills.AgainAndAgain(seed, it => { for (ProcessBarrier own = it.Begin(); ;) Meet(own, CancellationToken.None); }, barrier,
            patience => Meet(barrier, patience));
    }

    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public void who_sets_an_event_keeps_nobody_waiting(int seed)
    {
        using var gate = ProcessEvent.Create();
        Kills.AgainAndAgain(seed, it =>
        {
            for (ProcessEvent own = it.Begin(); ;)
            {
                own.Set();
                own.Reset();
            }
        }, gate, gate.Wait);
    }

    // With any one other; more than two come, and cross two by two.
    private static void Meet(ProcessBarrier barrier, CancellationToken patience)
    {
        if (barrier.TryWait(Timeout.InfiniteTimeSpan, out _, patience) != BarrierResult.Crossed) barrier.Reset();
    }

    private sealed record Locked(ProcessLock Gate, SharedMemorySegment Pair)
    {
        public void Count(CancellationToken patience)
        {
            bool isAbandoned = Gate.Acquire(patience) == LockEntry.EnteredAbandoned;
            Span<long> pair = MemoryMarshal.Cast<byte, long>(Pair.AsSpan());
            if (!isAbandoned) Assert.Equal(pair[0], pair[1]);
            pair[1] = pair[0];
            Gate.MarkConsistent();
            pair[0]++;
            pair[1]++;
            Gate.Exit();
        }
    }

    private sealed record Shelf(ProcessReaderWriterLock Gate, SharedMemorySegment Pair)
    {
        public void Write(CancellationToken patience)
        {
            bool isAbandoned = Gate.AcquireWrite(Timeout.InfiniteTimeSpan, patience) == LockEntry.EnteredAbandoned;
            Span<long> pair = MemoryMarshal.Cast<byte, long>(Pair.AsSpan());
            if (!isAbandoned) Assert.Equal(pair[0], pair[1]);
            pair[1] = pair[0];
            Gate.MarkConsistent();
            pair[0]++;
            pair[1]++;
            Gate.ExitWrite();
        }

        public void Read(CancellationToken patience)
        {
            bool isAbandoned = Gate.AcquireRead(Timeout.InfiniteTimeSpan, patience) == LockEntry.EnteredAbandoned;
            Span<long> pair = MemoryMarshal.Cast<byte, long>(Pair.AsSpan());
            if (!isAbandoned) Assert.Equal(pair[0], pair[1]);
            Gate.ExitRead();
        }
    }

    private sealed record Table(ProcessCondition Changed, SharedMemorySegment Turns)
    {
        private ProcessLock Gate => (ProcessLock)Changed.Guard;

        public void TakeTurn(CancellationToken patience)
        {
            if (Gate.Acquire(patience) == LockEntry.EnteredAbandoned) Repair();
            long mine = ++Turn;
            Changed.Notify();
            while (Turn == mine)
            {
                try
                {
                    Changed.Wait(patience);
                }
                catch (LockAbandonedException)
                {
                    Repair();
                }
            }

            Gate.Exit();
        }

        private ref long Turn => ref MemoryMarshal.Cast<byte, long>(Turns.AsSpan())[0];

        private void Repair()
        {
            Gate.MarkConsistent();
            Changed.NotifyAll();
        }
    }
}
