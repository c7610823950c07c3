using System.Diagnostics;
using ConcurrencySpecs.Locks;
using ConcurrencySpecs.Processes;
using ConcurrencySpecs.SharedMemory;

public sealed class A_process_lock : A_lock
{
    // A thread that ends inside has died there: these two are about locks that such a thread keeps for ever.
    public override void is_held_for_the_length_of_a_scope_and_let_go_of_once()
    {
        ILock gate = New();
        LockScope scope = gate.EnterScope();
        Assert.True(gate.IsHeldByCurrentThread);
        scope.Dispose();
        scope.Dispose();
        Assert.False(gate.IsHeldByCurrentThread);
        Assert.True(Elsewhere(gate.TryEnter));
    }

    [Fact]
    public void keeps_other_processes_out_while_it_is_held()
    {
        using var gate = ProcessLock.Create();
        gate.Enter();
        using ChildProcess<LockEntry> child = ChildProcess.Create(it => it.Acquire(TimeSpan.FromMilliseconds(5)), gate).Start();
        Assert.Equal(LockEntry.TimedOut, child.Result);
        gate.Exit();
    }

    [Fact]
    public void lets_a_waiter_of_another_process_in_when_its_holder_exits()
    {
        using var folder = new Folder();
        using var gate = ProcessLock.Create();
        gate.Enter();
        using ChildProcess<bool> child = ChildProcess.Create(it =>
        {
            Children.Say(it.Said, 1);
            it.Gate.Enter();
            it.Gate.Exit();
            return true;
        }, new Meeting(gate, folder.File("ready"))).Start();
        Children.Hear(folder.File("ready"));
        gate.Exit();
        Assert.True(child.Result);
    }

    [Fact]
    public void is_opened_by_name()
    {
        using var named = new Named();
        using var gate = ProcessLock.Create(named.Name);
        using ChildProcess<bool> child = ChildProcess.Create(name => ProcessLock.Open(name).TryEnter(), named.Name).Start();     // it ends inside
        Assert.True(child.Result);
        child.JoinSoon();
        Assert.Equal(LockEntry.EnteredAbandoned, gate.Acquire());
        gate.Exit();
        Assert.Throws<FileNotFoundException>(() => ProcessLock.Open("nobody-has-made-this"));
        Assert.Throws<InvalidDataException>(() => SharedMemorySegment.Open(named.Name));
        gate.Unlink();
    }

    [Fact]
    public void tells_that_its_holder_died_to_everybody_until_somebody_has_repaired()
    {
        using var folder = new Folder();
        using var gate = ProcessLock.Create();
        using ChildProcess holder = ChildProcess.Create(HoldForEver, new Meeting(gate, folder.File("inside"))).Start();
        int dead = Children.Hear(folder.File("inside"));
        holder.Kill();
        holder.JoinSoon();

        Assert.Equal(dead, Assert.Throws<LockAbandonedException>(() => gate.Enter()).Process);
        Assert.Contains($"Process {dead} died", Assert.Throws<LockAbandonedException>(() => gate.TryEnter()).Message, StringComparison.Ordinal);
        Assert.Throws<LockAbandonedException>(() => gate.TryEnter(TimeSpan.FromSeconds(1)));
        Assert.False(gate.IsHeldByCurrentThread);

        Assert.Equal(LockEntry.EnteredAbandoned, gate.Acquire());
        Assert.Equal(dead, gate.AbandonedBy);
        gate.Exit();                                        // nothing repaired
        Assert.Equal(LockEntry.EnteredAbandoned, gate.Acquire());
        gate.MarkConsistent();
        Assert.Null(gate.AbandonedBy);
        gate.Exit();
        Assert.Equal(LockEntry.Entered, gate.Acquire());
        gate.Exit();
    }

    [Fact]
    public void wakes_a_waiter_when_its_holder_is_killed()
    {
        using var folder = new Folder();
        using var gate = ProcessLock.Create();
        using ChildProcess holder = ChildProcess.Create(HoldForEver, new Meeting(gate, folder.File("inside"))).Start();
        Children.Hear(folder.File("inside"));
        LockEntry entry = default;
        using var begun = new ManualResetEventSlim();
        Running waiter = Threads.Start(() =>
        {
            begun.Set();
            entry = gate.Acquire();
            gate.MarkConsistent();
            gate.Exit();
        });
        begun.Wait();
        holder.Kill();
        waiter.Join();
        Assert.Equal(LockEntry.EnteredAbandoned, entry);
    }

    [Fact]
    public void is_left_by_a_thread_that_ends_inside()
    {
        using var gate = ProcessLock.Create();
        Threads.Start(() => gate.Enter()).Join();
        Assert.Equal(LockEntry.EnteredAbandoned, gate.Acquire());
        Assert.Equal(Environment.ProcessId, gate.AbandonedBy);
        gate.Exit();
    }

    [Fact]
    public void may_be_held_together_with_others_by_one_who_dies()
    {
        using var folder = new Folder();
        ProcessLock[] gates = [.. Enumerable.Range(0, 5).Select(_ => ProcessLock.Create())];
        using ChildProcess holder = ChildProcess.Create(it =>
        {
            foreach (ProcessLock gate in it.Gates) gate.Enter();
            it.Gates[2].Exit();             // not in the order in which they were entered
            Children.SayAndWait(it.Said);
        }, new Meetings(gates, folder.File("inside"))).Start();
        Children.Hear(folder.File("inside"));
        holder.Kill();
        holder.JoinSoon();
        Assert.Equal([true, true, false, true, true], gates.Select(gate => gate.Acquire() == LockEntry.EnteredAbandoned));
        foreach (ProcessLock gate in gates)
        {
            gate.Exit();
            gate.Dispose();
        }
    }

    [Fact]
    public void counts_right_for_four_processes()
    {
        const int rounds = 10_000;
        using var gate = ProcessLock.Create();
        using var memory = SharedMemorySegment.CreateAnonymous(8);
        ChildProcess[] children = [.. Enumerable.Range(0, 3).Select(_ => ChildProcess.Create(it => Count(it, rounds), new Counter(gate, memory)).Start())];
        Count(new(gate, memory), rounds);
        foreach (ChildProcess child in children)
        {
            child.JoinSoon();
            child.Dispose();
        }

        Assert.Equal(4 * rounds, BitConverter.ToInt64(memory.AsSpan()));
    }

    [Fact]
    public void is_not_disposed_while_a_thread_of_the_process_holds_it_and_wakes_those_who_wait_at_it()
    {
        var gate = ProcessLock.Create();
        using var folder = new Folder();
        gate.Enter();
        Assert.Throws<InvalidOperationException>(gate.Dispose);
        Assert.True(gate.IsHeldByCurrentThread);
        gate.Exit();

        using ChildProcess holder = ChildProcess.Create(HoldForEver, new Meeting(gate, folder.File("inside"))).Start();
        Children.Hear(folder.File("inside"));
        using var begun = new ManualResetEventSlim();
        Running waiter = Threads.Start(() =>
        {
            begun.Set();
            Assert.Throws<ObjectDisposedException>(() => gate.Enter());
        });
        begun.Wait();
        gate.Dispose();
        gate.Dispose();
        waiter.Join();
        Assert.Throws<ObjectDisposedException>(() => gate.TryEnter());
        Assert.Throws<ObjectDisposedException>(gate.Exit);
    }

    [Fact]
    public void says_that_it_is_held_through_another_object_where_that_keeps_it_from_being_disposed()
    {
        using var named = new Named();
        using var gate = ProcessLock.Create(named.Name);
        using var same = ProcessLock.Open(named.Name);
        same.Enter();
        Assert.Contains("another one", Assert.Throws<InvalidOperationException>(gate.Dispose).Message, StringComparison.Ordinal);
        gate.Exit();
    }

    [Fact]
    public void survives_being_disposed_beside_threads_that_enter()
    {
        for (int i = 0; i < 20; i++)
        {
            var gate = ProcessLock.Create();
            Running[] busy = [.. Enumerable.Range(0, 2).Select(_ => Threads.Start(() =>
            {
                try
                {
                    while (true)
                    {
                        gate.Enter();
                        gate.Exit();
                    }
                }
                catch (ObjectDisposedException)
                {
                    // the expected end
                }
            }))];
            Threads.WaitUntil(() =>
            {
                try
                {
                    gate.Dispose();
                    return true;
                }
                catch (InvalidOperationException)
                {
                    return false;           // one of them is inside
                }
            });
            foreach (Running one in busy) one.Join();
        }
    }

    [Fact]
    public void refuses_to_be_marked_by_one_who_does_not_hold_it()
    {
        using var gate = ProcessLock.Create();
        Assert.Throws<SynchronizationLockException>(gate.MarkConsistent);
    }

    protected override ILock New() => ProcessLock.Create();

    private static void HoldForEver(Meeting it)
    {
        it.Gate.Enter();
        Children.SayAndWait(it.Said);
    }

    private static void Count(Counter it, int rounds)
    {
        for (int i = 0; i < rounds; i++)
        {
            it.Gate.Enter();
            Span<byte> bytes = it.Memory.AsSpan();
            BitConverter.TryWriteBytes(bytes, BitConverter.ToInt64(bytes) + 1);
            it.Gate.Exit();
        }
    }

    private sealed record Meeting(ProcessLock Gate, string Said);

    private sealed record Meetings(ProcessLock[] Gates, string Said);

    private sealed record Counter(ProcessLock Gate, SharedMemorySegment Memory);
}

public sealed class A_recursive_process_lock : A_lock
{
    public override void is_held_for_the_length_of_a_scope_and_let_go_of_once()
    {
        ILock gate = New();
        LockScope scope = gate.EnterScope();
        scope.Dispose();
        Assert.False(gate.IsHeldByCurrentThread);
        Assert.True(Elsewhere(gate.TryEnter));
    }

    public override void tells_a_holder_that_it_would_wait_for_itself()
    {
        using var gate = RecursiveProcessLock.Create();
        for (int i = 1; i <= 3; i++)
        {
            gate.Enter();
            Assert.Equal(i, gate.Depth);
        }

        using ChildProcess<bool> child = ChildProcess.Create(it => it.TryEnter(), gate).Start();
        Assert.False(child.Result);
        for (int i = 0; i < 3; i++) gate.Exit();
        Assert.Throws<SynchronizationLockException>(gate.Exit);
        Assert.Equal(0, gate.Depth);
        Assert.True(gate.TryEnter());
        gate.Exit();
    }

    [Fact]
    public void is_left_by_who_entered_it_while_it_was_disposed()
    {
        using var named = new Named();
        using var gate = RecursiveProcessLock.Create(named.Name);
        using var other = RecursiveProcessLock.Open(named.Name);
        gate.Enter();
        gate.Enter();
        gate.Inner.Segment.Dispose(locks: 64);      // what another thread's Dispose does that did not see us inside yet
        gate.Exit();
        gate.Exit();
        Assert.Throws<ObjectDisposedException>(gate.Exit);
        Threads.Start(() => { Assert.True(other.TryEnter()); other.Exit(); }).Join();
    }

    [Fact]
    public void begins_anew_after_the_death_of_its_holder()
    {
        using var gate = RecursiveProcessLock.Create();
        Threads.Start(() => { gate.Enter(); gate.Enter(); }).Join();
        Assert.Throws<LockAbandonedException>(() => gate.Enter());
        Assert.Equal(LockEntry.EnteredAbandoned, gate.Acquire());
        Assert.Equal(LockEntry.EnteredAbandoned, gate.Acquire());
        Assert.Equal(2, gate.Depth);
        gate.MarkConsistent();
        Assert.Equal(LockEntry.Entered, gate.Acquire());
        for (int i = 0; i < 3; i++) gate.Exit();
        Assert.Equal(LockEntry.Entered, gate.Acquire());
        gate.Exit();
    }

    protected override ILock New() => RecursiveProcessLock.Create();
}
