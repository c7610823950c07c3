using ConcurrencySpecs.Locks;
using ConcurrencySpecs.Processes;
using ConcurrencySpecs.SharedMemory;

public sealed class A_process_reader_writer_lock : IDisposable
{
    private static readonly TimeSpan _short = TimeSpan.FromMilliseconds(20);

    private readonly ProcessReaderWriterLock _gate = ProcessReaderWriterLock.Create();

    public void Dispose() => _gate.Dispose();

    [Fact]
    public void lets_readers_in_together_and_a_writer_alone()
    {
        _gate.EnterRead();
        Assert.True(_gate.IsReadHeldByCurrentThread);
        Threads.Start(() =>
        {
            Assert.True(_gate.TryEnterRead());
            _gate.ExitRead();
            Assert.False(_gate.TryEnterWrite() || _gate.TryEnterWrite(_short));
            Assert.True(_gate.TryEnterRead(), "a writer that gave up is in nobody's way");
            _gate.ExitRead();
        }).Join();
        _gate.ExitRead();
        _gate.EnterWrite();
        Assert.True(_gate.IsWriteHeldByCurrentThread);
        Threads.Start(() => Assert.False(_gate.TryEnterRead() || _gate.TryEnterRead(_short) || _gate.TryEnterWrite() || _gate.TryEnterWrite(_short))).Join();
        _gate.ExitWrite();
        Assert.False(_gate.IsReadHeldByCurrentThread || _gate.IsWriteHeldByCurrentThread);
    }

    [Fact]
    public void keeps_new_readers_out_while_a_writer_waits()
    {
        _gate.EnterRead();
        Running writer = Threads.Start(() =>
        {
            _gate.EnterWrite();
            _gate.ExitWrite();
        });
        WaitUntilReadersAreKeptOut();
        _gate.ExitRead();
        writer.Join();
    }

    [Fact]
    public void keeps_two_numbers_equal_for_readers_and_writers_of_four_processes()
    {
        const int Rounds = 2_000;
        using var pair = SharedArray.Create<long>(2);
        ChildProcess<bool>[] children =
            [.. Enumerable.Range(0, 3).Select(_ => ChildProcess.Create(it => ReadAndWrite(it, Rounds), new Guarded(_gate, pair)).Start())];
        Assert.True(ReadAndWrite(new(_gate, pair), Rounds));
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
        using ChildProcess reader = Inside(asWriter: false);
        Assert.False(_gate.TryEnterWrite());
        LockEntry entry = default;
        Running writer = Threads.Start(() =>
        {
            entry = _gate.AcquireWrite(Timeout.InfiniteTimeSpan);
            _gate.ExitWrite();
        });
        reader.Kill();
        writer.Join();
        Assert.Equal(LockEntry.Entered, entry);
        reader.JoinSoon();
    }

    [Fact]
    public void tells_readers_and_writers_that_a_writer_died_until_some_writer_has_repaired()
    {
        using ChildProcess writer = Inside(asWriter: true);
        int dead = writer.Id!.Value;
        writer.KillAndJoin();
        Assert.Equal(dead, Assert.Throws<LockAbandonedException>(() => _gate.EnterRead()).Process);
        Assert.Equal(dead, Assert.Throws<LockAbandonedException>(() => _gate.EnterWrite()).Process);
        Assert.Throws<LockAbandonedException>(() => _gate.TryEnterRead());
        Assert.Throws<LockAbandonedException>(() => _gate.TryEnterWrite(_short));
        Assert.False(_gate.IsReadHeldByCurrentThread || _gate.IsWriteHeldByCurrentThread);

        Assert.Equal(LockEntry.EnteredAbandoned, _gate.AcquireRead(_short));
        Assert.Equal(dead, _gate.AbandonedBy);
        Assert.Throws<SynchronizationLockException>(_gate.MarkConsistent);
        _gate.ExitRead();
        Assert.Equal(LockEntry.EnteredAbandoned, _gate.AcquireWrite(_short));
        _gate.ExitWrite();                                       // nothing repaired
        Assert.Equal(LockEntry.EnteredAbandoned, _gate.AcquireWrite(_short));
        Assert.Equal(dead, _gate.AbandonedBy);
        _gate.MarkConsistent();
        Assert.Null(_gate.AbandonedBy);
        _gate.ExitWrite();
        _gate.EnterRead();
        Assert.Null(_gate.AbandonedBy);
        _gate.ExitRead();
    }

    [Fact]
    public void says_nothing_of_a_writer_that_was_killed_on_its_way_in()
    {
        _gate.EnterRead();
        using ChildProcess writer = ChildProcess.Create(it => it.EnterWrite(), _gate).Start();
        WaitUntilReadersAreKeptOut();
        writer.KillAndJoin();
        _gate.ExitRead();
        Assert.Equal(LockEntry.Entered, _gate.AcquireWrite(Children.Patience));
        _gate.ExitWrite();
    }

    [Fact]
    public void is_left_by_threads_that_end_inside()
    {
        Threads.Start(() => _gate.EnterRead()).Join();
        Assert.Equal(LockEntry.Entered, _gate.AcquireWrite(Children.Patience));
        _gate.ExitWrite();
        Threads.Start(() => _gate.EnterWrite()).Join();
        Assert.Equal(LockEntry.EnteredAbandoned, _gate.AcquireWrite(Children.Patience));
        Assert.Equal(Environment.ProcessId, _gate.AbandonedBy);
        _gate.ExitWrite();
    }

    [Fact]
    public void ends_waits_that_are_cancelled_or_whose_lock_is_disposed_and_leaves_no_trace_of_them()
    {
        using var cancel = new CancellationTokenSource();
        _gate.EnterWrite();
        Running reader = Threads.Start(() => Assert.Throws<OperationCanceledException>(() => _gate.EnterRead(cancel.Token)));
        Running writer = Threads.Start(() => Assert.Throws<OperationCanceledException>(() => _gate.EnterWrite(cancel.Token)));
        cancel.Cancel();
        reader.Join();
        writer.Join();
        Assert.Throws<InvalidOperationException>(_gate.Dispose);
        _gate.ExitWrite();
        Assert.Throws<OperationCanceledException>(() => _gate.EnterRead(cancel.Token));
        _gate.EnterWrite();
        _gate.ExitWrite();
        _gate.Dispose();
        Assert.Throws<ObjectDisposedException>(() => _gate.EnterRead());
        Assert.Throws<ObjectDisposedException>(() => _gate.TryEnterWrite());
    }

    [Fact]
    public void refuses_to_be_left_by_who_is_not_inside_and_tells_who_would_wait_for_itself()
    {
        Assert.Throws<SynchronizationLockException>(_gate.ExitRead);
        Assert.Throws<SynchronizationLockException>(_gate.ExitWrite);
        _gate.EnterWrite();
        Assert.Throws<LockRecursionException>(() => _gate.EnterRead());
        Assert.Throws<LockRecursionException>(() => _gate.EnterWrite());
        Threads.Start(() => Assert.Throws<SynchronizationLockException>(_gate.ExitWrite)).Join();
        _gate.ExitWrite();
        _gate.EnterRead();
        Assert.Throws<LockRecursionException>(() => _gate.EnterRead());
        Assert.Throws<LockRecursionException>(() => _gate.EnterWrite());
        Threads.Start(() => Assert.Throws<SynchronizationLockException>(_gate.ExitRead)).Join();
        Assert.True(_gate.IsReadHeldByCurrentThread);
        _gate.ExitRead();
        Assert.Throws<ArgumentOutOfRangeException>("timeout", () => _gate.TryEnterRead(TimeSpan.FromSeconds(-2)));
        Assert.Throws<ArgumentOutOfRangeException>("timeout", () => _gate.TryEnterWrite(TimeSpan.FromSeconds(-2)));
        Assert.True(_gate.TryEnterWrite());
        _gate.ExitWrite();
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

    /// <summary>A process that is inside, for ever.</summary>
    private ChildProcess Inside(bool asWriter)
    {
        using var inside = ProcessEvent.Create();
        ChildProcess child = ChildProcess.Create(it =>
        {
            if (it.AsWriter) it.Gate.EnterWrite();
            else it.Gate.EnterRead();
            it.Inside.Set();
            Children.WaitForEver();
        }, new Visit(_gate, asWriter, inside)).Start();
        inside.Wait();
        return child;
    }

    private void WaitUntilReadersAreKeptOut() => Threads.WaitUntil(() =>
    {
        bool isIn = false;
        Threads.Start(() =>
        {
            isIn = _gate.TryEnterRead();
            if (isIn) _gate.ExitRead();
        }).Join();
        return !isIn;
    });

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

    private sealed record Visit(ProcessReaderWriterLock Gate, bool AsWriter, ProcessEvent Inside);
}
