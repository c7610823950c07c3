using System.Diagnostics;
using ConcurrencySpecs.Processes;
using ConcurrencySpecs.SharedMemory;

public sealed class A_shared_value
{
    private const int Rounds = 20_000;

    [Fact]
    public void counts_every_addition_of_two_processes_and_a_thread()
    {
        using SharedValue<long> value = SharedValue.Create(0L);
        ChildProcess[] children = [.. Enumerable.Range(0, 2).Select(_ => ChildProcess.Create(Count, value).Start())];
        Count(value);
        foreach (ChildProcess child in children)
        {
            child.JoinSoon();
            Assert.Equal(0, child.ExitStatus!.Value.ExitCode);
            child.Dispose();
        }

        Assert.Equal(3 * Rounds, value.Value);
    }

    [Fact]
    public void is_there_with_its_first_value_from_the_first_moment()
    {
        using var named = new Named();
        using SharedValue<Point> value = SharedValue.Create(named.Name, new Point(1, 2.5, 3, true));
        using SharedValue<Point> same = SharedValue.Open<Point>(named.Name);
        Assert.Equal(new Point(1, 2.5, 3, true), same.Value);
        value.Unlink();
    }

    [Fact]
    public void keeps_the_layout_of_structs_enums_and_booleans_between_processes()
    {
        using SharedValue<Point> value = SharedValue.Create(new Point(1, 2.5, 3, true));
        using SharedValue<DayOfWeek> day = SharedValue.Create(DayOfWeek.Friday);
        using ChildProcess child = ChildProcess.Create(it =>
        {
            it.Point.Value = it.Point.Value with { Y = -1, Flag = false };
            it.Day.Update(day => day + 1);
        }, new Both(value, day)).Start();
        child.JoinSoon();
        Assert.Equal((new Point(1, -1, 3, false), DayOfWeek.Saturday), (value.Value, day.Value));
    }

    [Fact]
    public void is_never_seen_half_changed()
    {
        using SharedValue<Four> value = SharedValue.Create(new Four());
        using ChildProcess child = ChildProcess.Create(it => { for (int i = 0; i < Rounds; i++) it.Update(Four.Next); }, value).Start();
        while (child.IsAlive) Assert.True(value.Value.IsWhole);
        Assert.Equal(Rounds, value.Value.D);
    }

    [Fact]
    public void stays_as_it_was_when_the_change_throws()
    {
        using SharedValue<int> value = SharedValue.Create(int.MaxValue);
        Assert.Throws<OverflowException>(() => value.Add(1));
        Assert.Throws<InvalidOperationException>(() => value.Update(_ => throw new InvalidOperationException()));
        Assert.Equal(int.MaxValue, value.Value);
        Assert.Equal(5, value.Update(_ => 5));
        Assert.Equal(7, value.Add(2));
    }

    [Fact]
    public void is_changed_by_nobody_else_while_a_scope_is_held()
    {
        using SharedValue<int> value = SharedValue.Create(1);
        Running other;
        using (SharedValueScope<int> scope = value.EnterScope())
        {
            other = Threads.Start(() => value.Add(10));
            long start = Stopwatch.GetTimestamp();
            bool refused = false;
            Threads.Start(() => refused = !value.TryEnterScope(TimeSpan.FromMilliseconds(20), out _)).Join();
            Assert.True(refused);
            Assert.True(Stopwatch.GetElapsedTime(start) >= TimeSpan.FromMilliseconds(20));
            Assert.Equal(1, value.Value);
            scope.Value = 2;
            Assert.Equal(2, value.Value);
        }

        other.Join();
        Assert.Equal(12, value.Value);
    }

    [Fact]
    public void lets_nobody_in_again_when_a_copy_of_a_scope_that_is_over_is_disposed()
    {
        using var value = SharedValue.Create(1);
        using var array = SharedArray.Create<int>(2);
        using var over = new ManualResetEventSlim();
        using var tried = new ManualResetEventSlim();
        Running other = Threads.Start(() =>
        {
            over.Wait();
            using SharedValueScope<int> scope = value.EnterScope();
            using SharedElementScope<int> element = array.EnterScope(1);
            tried.Set();
            over.Reset();
            over.Wait();
        });
        SharedValueScope<int> first = value.EnterScope(), copy = first;
        SharedElementScope<int> one = array.EnterScope(1), copied = one;
        first.Dispose();
        one.Dispose();
        over.Set();
        tried.Wait();
        string refused = "";
        try { copy.Dispose(); }
        catch (SynchronizationLockException held) { refused = held.Message; }
        try { copied.Dispose(); }
        catch (SynchronizationLockException held) { refused += held.Message; }
        Assert.Contains("value is over", refused, StringComparison.Ordinal);
        Assert.Contains("array is over", refused, StringComparison.Ordinal);
        Assert.False(value.TryEnterScope(TimeSpan.Zero, out _));
        Threads.WaitUntil(() => !over.IsSet);
        over.Set();
        other.Join();
        Assert.Equal(2, value.Add(1));
    }

    [Fact]
    public void is_neither_read_nor_changed_through_a_copy_of_a_scope_that_is_over()
    {
        using var value = SharedValue.Create(1);
        using var array = SharedArray.Create<int>(2);
        SharedValueScope<int> first = value.EnterScope(), copy = first;
        SharedElementScope<int> one = array.EnterScope(1), copied = one;
        first.Dispose();
        one.Dispose();
        string refused = "";
        try { copy.Value = 5; }
        catch (ObjectDisposedException over) { refused = over.Message; }
        try { _ = copy.Value; }
        catch (ObjectDisposedException over) { refused += over.Message; }
        try { copied.Value = 5; }
        catch (ObjectDisposedException over) { refused += over.Message; }
        try { _ = copied.Value; }
        catch (ObjectDisposedException over) { refused += over.Message; }
        Assert.Equal((1, 0), (value.Value, array[1]));
        Assert.Equal((2, 2), (refused.Split("value is over").Length - 1, refused.Split("array is over").Length - 1));
    }

    [Fact]
    public void refuses_to_wait_for_its_own_thread()
    {
        using SharedValue<int> value = SharedValue.Create(1);
        using SharedValueScope<int> scope = value.EnterScope();
        Assert.Throws<LockRecursionException>(() => value.Add(1));
        Assert.Throws<InvalidOperationException>(value.Dispose);
        Assert.Equal(1, value.Value);
    }

    [Fact]
    public void waits_for_a_scope_until_cancelled()
    {
        using SharedValue<int> value = SharedValue.Create(1);
        using var stop = new CancellationTokenSource();
        using (SharedValueScope<int> scope = value.EnterScope())
        {
            Running waiting = Threads.Start(() => Assert.Throws<OperationCanceledException>(() => value.Update(it => it + 1, stop.Token)));
            stop.Cancel();
            waiting.Join();
        }

        Assert.Equal(2, value.Add(1));
    }

    [Fact]
    public void answers_nothing_after_its_end()
    {
        SharedValue<int> value = SharedValue.Create(1);
        SharedValueScope<int> scope = value.EnterScope();
        scope.Dispose();
        scope.Dispose();
        value.Dispose();
        value.Dispose();
        Assert.Throws<ObjectDisposedException>(() => value.Value);
        Assert.Throws<ObjectDisposedException>(() => value.Add(1));
        Assert.Throws<ObjectDisposedException>(() => value.EnterScope());
    }

    [Fact]
    public void refuses_a_segment_of_another_type()
    {
        using var named = new Named();
        using SharedValue<int> value = SharedValue.Create(named.Name, 1);
        string message = Assert.Throws<InvalidDataException>(() => SharedValue.Open<long>(named.Name)).Message;
        Assert.Contains("SharedValue of System.Int32, 4 bytes; SharedValue of System.Int64, 8 bytes was expected", message, StringComparison.Ordinal);
        value.Unlink();
    }

    private static void Count(SharedValue<long> value)
    {
        for (int i = 0; i < Rounds; i++) value.Add(1);
    }

    private enum Flag : byte { Off, On }

    private readonly record struct Point(int X, double Y, byte Small, bool Flag);

    private readonly record struct Four(long A, long B, long C, long D)
    {
        public bool IsWhole => A == B && B == C && C == D;

        public static Four Next(Four it) => new(it.A + 1, it.B + 1, it.C + 1, it.D + 1);
    }

    private sealed record Both(SharedValue<Point> Point, SharedValue<DayOfWeek> Day);
}
