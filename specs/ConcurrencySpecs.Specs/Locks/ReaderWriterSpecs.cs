using ConcurrencySpecs.Exploration;
using ConcurrencySpecs.Locks;

public sealed class A_phase_fair_reader_writer_lock
{
    private const int Sleeps = 0, Spins = int.MaxValue;
    private static readonly TimeSpan _short = TimeSpan.FromMilliseconds(20);
    private readonly PhaseFairReaderWriterLock _lock = new();

    [Fact]
    public void lets_readers_in_together_and_a_writer_alone()
    {
        _lock.EnterRead();
        Assert.True(_lock.TryEnterRead());
        Assert.False(_lock.TryEnterWrite());
        Assert.False(_lock.TryEnterWrite(_short));
        _lock.ExitRead();
        _lock.ExitRead();
        _lock.EnterWrite();
        Assert.True(_lock.IsWriteHeldByCurrentThread);
        Threads.Start(() => Assert.False(_lock.TryEnterRead() || _lock.TryEnterRead(_short) || _lock.TryEnterWrite() || _lock.TryEnterWrite(_short))).Join();
        _lock.ExitWrite();
        Assert.True(_lock.TryEnterWrite());
    }

    [Fact]
    public void ends_waits_that_are_cancelled_and_leaves_no_trace_of_them()
    {
        using var cancel = new CancellationTokenSource();
        _lock.EnterWrite();
        Running reader = Threads.Start(() => Assert.Throws<OperationCanceledException>(() => _lock.EnterRead(cancel.Token)));
        Running writer = Threads.Start(() => Assert.Throws<OperationCanceledException>(() => _lock.EnterWrite(cancel.Token)));
        cancel.Cancel();
        reader.Join();
        writer.Join();
        _lock.ExitWrite();
        Assert.True(_lock.TryEnterWrite());
    }

    [Fact]
    public void refuses_to_be_left_by_who_is_not_inside()
    {
        Assert.Throws<SynchronizationLockException>(_lock.ExitRead);
        Assert.Throws<SynchronizationLockException>(_lock.ExitWrite);
        _lock.EnterWrite();
        Threads.Start(() => Assert.Throws<SynchronizationLockException>(_lock.ExitWrite)).Join();
        Assert.Throws<SynchronizationLockException>(_lock.ExitRead);
        _lock.ExitWrite();
        _lock.EnterRead();
        Assert.Throws<SynchronizationLockException>(_lock.ExitWrite);
        _lock.ExitRead();
        Assert.True(_lock.TryEnterWrite());
    }

    [Fact]
    public void tells_a_writer_that_it_would_wait_for_itself()
    {
        _lock.EnterWrite();
        Assert.Throws<LockRecursionException>(() => _lock.EnterRead());
        Assert.Throws<LockRecursionException>(() => _lock.EnterWrite());
        Assert.Throws<LockRecursionException>(() => _lock.TryEnterRead(Timeout.InfiniteTimeSpan));
        Assert.Throws<LockRecursionException>(() => _lock.TryEnterWrite(Timeout.InfiniteTimeSpan));
        _lock.ExitWrite();
        Assert.True(_lock.TryEnterWrite());
    }

    [Theory, InlineData(Sleeps), InlineData(Spins)]
    public void keeps_new_readers_out_while_a_writer_waits(int looks) => Assert.True(Explore.Every(() =>
    {
        var gate = new PhaseFairReaderWriterLock(stripes: 2, looks);
        bool wrote = false;
        gate.EnterRead();
        var writer = new Thread(() =>
        {
            gate.EnterWrite();
            Volatile.Write(ref wrote, true);
            gate.ExitWrite();
        });
        writer.Start();
        while (!gate.HasWriter) Thread.Yield();
        var newcomer = new Thread(() =>
        {
            gate.EnterRead();
            Assert.True(Volatile.Read(ref wrote), "a reader that came later has passed the writer");
            gate.ExitRead();
        });
        newcomer.Start();
        gate.ExitRead();
        writer.Join();
        newcomer.Join();
    }, ExplorationOptions.Default with { Time = TimeSpan.FromSeconds(10) }).Exhausted);

    [Fact]
    public void lets_waiting_readers_in_before_the_next_writer() => Assert.True(Explore.Every(static () =>
    {
        var gate = new PhaseFairReaderWriterLock(stripes: 2, Spins);
        bool read = false;
        gate.EnterWrite();
        int before = gate.ReadersIn;
        var reader = new Thread(() =>
        {
            gate.EnterRead();
            Volatile.Write(ref read, true);
            gate.ExitRead();
        });
        reader.Start();
        while (gate.ReadersIn == before) Thread.Yield();
        var next = new Thread(() =>
        {
            gate.EnterWrite();
            Assert.True(Volatile.Read(ref read), "a second writer has passed the reader");
            gate.ExitWrite();
        });
        next.Start();
        gate.ExitWrite();
        reader.Join();
        next.Join();
    }, ExplorationOptions.Default with { Time = TimeSpan.FromSeconds(10) }).Exhausted);

    [Theory, InlineData(true), InlineData(false)]
    public void reaches_who_sleeps_with_a_token(bool writes) => Assert.True(Explore.Every(() =>
    {
        var gate = new PhaseFairReaderWriterLock(stripes: 1, Sleeps);
        using var never = new CancellationTokenSource();
        gate.EnterWrite();
        var waiter = new Thread(() =>
        {
            if (writes) gate.EnterWrite(never.Token);
            else gate.EnterRead(never.Token);
        });
        waiter.Start();
        gate.ExitWrite();
        waiter.Join();
    }, ExplorationOptions.Default with { Time = TimeSpan.FromSeconds(10) }).Exhausted);

    [Fact]
    public void is_held_for_the_length_of_a_scope_and_let_go_of_once()
    {
        ReadScope reading = _lock.EnterReadScope(), other = _lock.EnterReadScope();
        reading.Dispose();
        reading.Dispose();
        Assert.False(_lock.TryEnterWrite(), "the second disposal has let the other reader go");
        other.Dispose();
        WriteScope writing = _lock.EnterWriteScope();
        Assert.True(_lock.IsWriteHeldByCurrentThread);
        writing.Dispose();
        Assert.False(_lock.IsWriteHeldByCurrentThread);
        _lock.EnterWrite();
        writing.Dispose();
        Assert.True(_lock.IsWriteHeldByCurrentThread);
    }

    [Fact]
    public void refuses_to_be_left_by_a_thread_that_did_not_enter_it()
    {
        // With a stripe for each thread, whatever their numbers are.
        var gate = new PhaseFairReaderWriterLock(stripes: 1 << 16, Sleeps);
        gate.EnterRead();
        Threads.Start(() => Assert.Throws<SynchronizationLockException>(gate.ExitRead)).Join();
        gate.ExitRead();
        Assert.True(gate.TryEnterWrite());
    }
}

/// <summary>What once went wrong.</summary>
public sealed class The_phase_fair_reader_writer_lock_again
{
    [Fact]
    public void tells_two_writers_apart_between_whom_a_third_has_tried_in_vain() => Explore.Every(static () =>
    {
        // The phase was that of the ticket. One drawn in vain between two writers gave both the same phase, and a reader that slept through
        // the change went on waiting for the second writer, which waited for the reader.
        var gate = new PhaseFairReaderWriterLock(stripes: 2, looks: int.MaxValue);
        gate.EnterWrite();
        int before = gate.ReadersIn;
        var reader = new Thread(() =>
        {
            gate.EnterRead();
            gate.ExitRead();
        });
        reader.Start();
        while (gate.ReadersIn == before) Thread.Yield();
        gate.ExitWrite();
        if (!gate.TryEnterWrite()) gate.EnterWrite();
        gate.ExitWrite();
        reader.Join();
    });
}

public sealed class An_async_reader_writer_lock
{
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public async Task serves_in_order_of_arrival_with_neighbouring_readers_together()
    {
        var gate = new AsyncReaderWriterLock(_clock);
        AsyncReaderWriterScope writer = await gate.EnterWriteAsync();
        ValueTask<AsyncReaderWriterScope> first = gate.EnterReadAsync(), second = gate.EnterReadAsync();
        ValueTask<AsyncReaderWriterScope> third = gate.EnterWriteAsync(), last = gate.EnterReadAsync();
        Assert.False(gate.TryEnterRead(out _));
        writer.Dispose();
        AsyncReaderWriterScope one = await first, two = await second;
        Assert.False(third.IsCompleted || last.IsCompleted || gate.TryEnterRead(out _));
        one.Dispose();
        two.Dispose();
        (await third).Dispose();
        (await last).Dispose();
        Assert.True(gate.TryEnterWrite(out _));
    }

    [Fact]
    public async Task lets_those_through_who_stand_behind_a_writer_that_gives_up()
    {
        var gate = new AsyncReaderWriterLock(_clock);
        using var cancel = new CancellationTokenSource();
        AsyncReaderWriterScope reader = await gate.EnterReadAsync();
        ValueTask<AsyncReaderWriterScope> late = gate.TryEnterWriteAsync(TimeSpan.FromSeconds(1)), cancelled = gate.EnterWriteAsync(cancel.Token);
        ValueTask<AsyncReaderWriterScope> behind = gate.EnterReadAsync();
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.False((await late).IsHeld);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await cancelled);
        (await behind).Dispose();
        reader.Dispose();
        Assert.True(gate.TryEnterWrite(out _));
    }

    [Fact]
    public void is_let_go_of_once_however_often_a_scope_or_its_copy_is_disposed()
    {
        var gate = new AsyncReaderWriterLock(_clock);
        Assert.True(gate.TryEnterRead(out AsyncReaderWriterScope first) && gate.TryEnterRead(out _));
        AsyncReaderWriterScope copy = first;
        Assert.True(first.IsHeld && first == copy);
        first.Dispose();
        copy.Dispose();
        first.Dispose();
        Assert.False(copy.IsHeld);
        Assert.False(gate.TryEnterWrite(out AsyncReaderWriterScope none), "the second reader is still inside");
        none.Dispose();
    }

    [Fact]
    public void is_not_let_go_of_by_an_old_scope_when_somebody_else_has_entered_since()
    {
        var gate = new AsyncReaderWriterLock(_clock);
        Assert.True(gate.TryEnterRead(out AsyncReaderWriterScope old));
        old.Dispose();
        Assert.True(gate.TryEnterWrite(out AsyncReaderWriterScope writer));
        old.Dispose();
        Assert.True(writer.IsHeld && !old.IsHeld && old != writer);
        Assert.False(gate.TryEnterRead(out _), "an old scope has freed what another one holds");
    }

    [Fact]
    public async Task refuses_a_task_that_is_awaited_twice()
    {
        var gate = new AsyncReaderWriterLock(_clock);
        AsyncReaderWriterScope held = await gate.EnterWriteAsync();
        ValueTask<AsyncReaderWriterScope> waiting = gate.EnterReadAsync();
        Assert.Throws<InvalidOperationException>(() => waiting.GetAwaiter().GetResult());
        held.Dispose();
        (await waiting).Dispose();
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await waiting);
    }

    [Fact]
    public async Task allocates_nothing_for_who_enters_or_waits_once_as_many_have_before()
    {
        var gate = new AsyncReaderWriterLock(_clock);
        long before = 0;
        for (int i = 0; i < 1_000; i++)
        {
            if (i == 1) before = GC.GetAllocatedBytesForCurrentThread();
            gate.TryEnterRead(out AsyncReaderWriterScope one);
            AsyncReaderWriterScope two = await gate.EnterReadAsync();
            ValueTask<AsyncReaderWriterScope> writer = gate.EnterWriteAsync(), third = gate.EnterReadAsync(), fourth = gate.EnterReadAsync();
            one.Dispose();
            two.Dispose();
            (await writer).Dispose();       // was settled by the line before, as the readers are by this one: nothing suspends, the thread stays the same
            (await third).Dispose();
            (await fourth).Dispose();
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }
}
