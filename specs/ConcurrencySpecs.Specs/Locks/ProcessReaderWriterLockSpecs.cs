using ConcurrencySpecs.Locks;
using ConcurrencySpecs.Processes;
using ConcurrencySpecs.SharedMemory;

public sealed class A_process_reader_writer_lock
{
    private static readonly TimeSpan _short = TimeSpan.FromMilliseconds(20);

    [Fact]
    public void lets_readers_in_together_and_a_writer_alone()
    {
        using var gate = ProcessReaderWriterLock.Create();
        gate.EnterRead();
        Assert.True(gate.IsReadHeldByCurrentThread);
        Threads.Start(() =>
        {
            Assert.True(gate.TryEnterRead());
            gate.ExitRead();
            Assert.False(gate.TryEnterWrite() || gate.TryEnterWrite(_short));
            Assert.True(gate.TryEnterRead(), "a writer that gave up is in nobody's way");
            gate.ExitRead();
        }).Join();
        gate.ExitRead();
        gate.EnterWrite();
        Assert.True(gate.IsWriteHeldByCurrentThread);
        Threads.Start(() => Assert.False(gate.TryEnterRead() || gate.TryEnterRead(_short) || gate.TryEnterWrite() || gate.TryEnterWrite(_short))).Join();
        gate.ExitWrite();
        Assert.False(gate.IsReadHeldByCurrentThread || gate.IsWriteHeldByCurrentThread);
    }

    [Fact]
    public void keeps_new_readers_out_while_a_writer_waits()
    {
        using var gate = ProcessReaderWriterLock.Create();
        gate.EnterRead();
        Running writer = Threads.Start(() =>
        {
            gate.EnterWrite();
            gate.ExitWrite();
        });
        Threads.WaitUntil(() =>
        {
            bool isIn = false;
            Threads.Start(() =>
            {
                isIn = gate.TryEnterRead();
                if (isIn) gate.ExitRead();
            }).Join();
            return !isIn;
        });
        gate.ExitRead();
        writer.Join();
    }

    [Fact]
    public void keeps_two_numbers_equal_for_readers_and_writers_of_four_processes()
    {
        const int Rounds = 2_000;
        using var gate = ProcessReaderWriterLock.Create();
        using var pair = SharedArray.Create<long>(2);
        ChildProcess<bool>[] children =
            [.. Enumerable.Range(0, 3).Select(_ => ChildProcess.Create(it => ReadAndWrite(it, Rounds), new Guarded(gate, pair)).Start())];
        Assert.True(ReadAndWrite(new(gate, pair), Rounds));
        foreach (ChildProcess<bool> child in children)
        {
            Assert.True(child.Result);
            child.Dispose();
        }

        Assert.Equal(4 * Rounds, pair[0]);
    }

    [Fact]
    public void is_left_by_a_reader_that_is_killed_as_if_it_had_not_been_there()
    {
        using var gate = ProcessReaderWriterLock.Create();
        using var folder = new Folder();
        using ChildProcess reader = ChildProcess.Create(it =>
        {
            it.Gate.EnterRead();
            Children.SayAndWait(it.Said);
        }, new Saying(gate, folder.File("inside"))).Start();
        Children.Hear(folder.File("inside"));
        Assert.False(gate.TryEnterWrite());
        LockEntry entry = default;
        Running writer = Threads.Start(() =>
        {
            entry = gate.AcquireWrite(Timeout.InfiniteTimeSpan);
            gate.ExitWrite();
        });
        reader.Kill();
        writer.Join();
        Assert.Equal(LockEntry.Entered, entry);
        reader.JoinSoon();
    }

    [Fact]
    public void tells_readers_and_writers_that_a_writer_died_until_some_writer_has_repaired()
    {
        using var gate = ProcessReaderWriterLock.Create();
        using var folder = new Folder();
        using ChildProcess writer = ChildProcess.Create(it =>
        {
            it.Gate.EnterWrite();
            Children.SayAndWait(it.Said);
        }, new Saying(gate, folder.File("inside"))).Start();
        int dead = Children.Hear(folder.File("inside"));
        writer.Kill();
        writer.JoinSoon();

        Assert.Equal(dead, Assert.Throws<LockAbandonedException>(() => gate.EnterRead()).Process);
        Assert.Equal(dead, Assert.Throws<LockAbandonedException>(() => gate.EnterWrite()).Process);
        Assert.Throws<LockAbandonedException>(() => gate.TryEnterRead());
        Assert.Throws<LockAbandonedException>(() => gate.TryEnterWrite(_short));
        Assert.False(gate.IsReadHeldByCurrentThread || gate.IsWriteHeldByCurrentThread);

        Assert.Equal(LockEntry.EnteredAbandoned, gate.AcquireRead(_short));
        Assert.Equal(dead, gate.AbandonedBy);
        Assert.Throws<SynchronizationLockException>(gate.MarkConsistent);
        gate.ExitRead();
        Assert.Equal(LockEntry.EnteredAbandoned, gate.AcquireWrite(_short));
        gate.ExitWrite();                                       // nothing repaired
        Assert.Equal(LockEntry.EnteredAbandoned, gate.AcquireWrite(_short));
        Assert.Equal(dead, gate.AbandonedBy);
        gate.MarkConsistent();
        Assert.Null(gate.AbandonedBy);
        gate.ExitWrite();
        gate.EnterRead();
        Assert.Null(gate.AbandonedBy);
        gate.ExitRead();
    }

    [Fact]
    public void says_nothing_of_a_writer_that_was_killed_on_its_way_in()
    {
        using var gate = ProcessReaderWriterLock.Create();
        gate.EnterRead();
        using ChildProcess writer = ChildProcess.Create(it => it.EnterWrite(), gate).Start();
        Threads.WaitUntil(() =>
        {
            bool isIn = false;
            Threads.Start(() =>
            {
                isIn = gate.TryEnterRead();
                if (isIn) gate.ExitRead();
            }).Join();
            return !isIn;
        });
        writer.Kill();
        writer.JoinSoon();
        gate.ExitRead();
        Assert.Equal(LockEntry.Entered, gate.AcquireWrite(Children.Patience));
        gate.ExitWrite();
    }

    [Fact]
    public void is_left_by_threads_that_end_inside()
    {
        using var gate = ProcessReaderWriterLock.Create();
        Threads.Start(() => gate.EnterRead()).Join();
        Assert.Equal(LockEntry.Entered, gate.AcquireWrite(Children.Patience));
        gate.ExitWrite();
        Threads.Start(() => gate.EnterWrite()).Join();
        Assert.Equal(LockEntry.EnteredAbandoned, gate.AcquireWrite(Children.Patience));
        Assert.Equal(Environment.ProcessId, gate.AbandonedBy);
        gate.ExitWrite();
    }

    [Fact]
    public void ends_waits_that_are_cancelled_or_whose_lock_is_disposed_and_leaves_no_trace_of_them()
    {
        var gate = ProcessReaderWriterLock.Create();
        using var cancel = new CancellationTokenSource();
        gate.EnterWrite();
        Running reader = Threads.Start(() => Assert.Throws<OperationCanceledException>(() => gate.EnterRead(cancel.Token)));
        Running writer = Threads.Start(() => Assert.Throws<OperationCanceledException>(() => gate.EnterWrite(cancel.Token)));
        cancel.Cancel();
        reader.Join();
        writer.Join();
        Assert.Throws<InvalidOperationException>(gate.Dispose);
        gate.ExitWrite();
        Assert.Throws<OperationCanceledException>(() => gate.EnterRead(cancel.Token));
        gate.EnterWrite();
        gate.ExitWrite();
        gate.Dispose();
        Assert.Throws<ObjectDisposedException>(() => gate.EnterRead());
        Assert.Throws<ObjectDisposedException>(() => gate.TryEnterWrite());
    }

    [Fact]
    public void refuses_to_be_left_by_who_is_not_inside_and_tells_who_would_wait_for_itself()
    {
        using var gate = ProcessReaderWriterLock.Create();
        Assert.Throws<SynchronizationLockException>(gate.ExitRead);
        Assert.Throws<SynchronizationLockException>(gate.ExitWrite);
        gate.EnterWrite();
        Assert.Throws<LockRecursionException>(() => gate.EnterRead());
        Assert.Throws<LockRecursionException>(() => gate.EnterWrite());
        Threads.Start(() => Assert.Throws<SynchronizationLockException>(gate.ExitWrite)).Join();
        gate.ExitWrite();
        gate.EnterRead();
        Assert.Throws<LockRecursionException>(() => gate.EnterRead());
        Assert.Throws<LockRecursionException>(() => gate.EnterWrite());
        Threads.Start(() => Assert.Throws<SynchronizationLockException>(gate.ExitRead)).Join();
        Assert.True(gate.IsReadHeldByCurrentThread);
        gate.ExitRead();
        Assert.Throws<ArgumentOutOfRangeException>("timeout", () => gate.TryEnterRead(TimeSpan.FromSeconds(-2)));
        Assert.Throws<ArgumentOutOfRangeException>("timeout", () => gate.TryEnterWrite(TimeSpan.FromSeconds(-2)));
        Assert.True(gate.TryEnterWrite());
        gate.ExitWrite();
    }

    [Fact]
    public void is_opened_by_name()
    {
        using var named = new Named();
        using var gate = ProcessReaderWriterLock.Create(named.Name);
        gate.EnterRead();
        using ChildProcess<bool> child = ChildProcess.Create(name =>
        {
            using var own = ProcessReaderWriterLock.Open(name);
            if (own.TryEnterWrite()) return false;
            own.EnterRead();
            own.ExitRead();
            return true;
        }, named.Name).Start();
        Assert.True(child.Result);
        gate.ExitRead();
        Assert.Throws<InvalidDataException>(() => ProcessLock.Open(named.Name));
        gate.Unlink();
    }

    private static bool ReadAndWrite(Guarded it, int rounds)
    {
        bool isRight = true;
        for (int i = 0; i < rounds; i++)
        {
            it.Gate.EnterRead();
            isRight &= it.Pair[0] == it.Pair[1];
            it.Gate.ExitRead();
            it.Gate.EnterWrite();
            it.Pair[0]++;
            it.Pair[1]++;
            it.Gate.ExitWrite();
        }

        return isRight;
    }

    private sealed record Guarded(ProcessReaderWriterLock Gate, SharedArray<long> Pair);

    private sealed record Saying(ProcessReaderWriterLock Gate, string Said);
}
