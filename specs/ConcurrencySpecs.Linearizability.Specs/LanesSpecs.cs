using ConcurrencySpecs.Linearizability;

public sealed class A_drawn_history
{
    [Fact]
    public void shows_a_column_per_thread_and_a_bracket_per_call()
    {
        var history = new History(
        [
            new Call(0, "TryPut", 1, true, 0, 5),
            new Call(1, "TryGet", null, null, 1, 7),
            new Call(2, "Get", null, null, 2, long.MaxValue, CallStatus.Blocked),
            new Call(Call.LastLook, "drain", null, Sequence<int>.Of([1]), 8, 9),
        ]);
        Assert.Equal(
            """
              thread 1             thread 2             thread 3             last look
              ┌ TryPut(1)
              │                    ┌ TryGet()
              │                    │                    ┌ Get()
              └ true               │                    │
                                   └ null  ✗            │
                                                        │                    ┌ drain()
                                                        │                    └ [1]
                                                        ╎ waits for ever
            """,
            Lanes.Draw(history, history.Lanes[1][0]));
    }

    [Fact]
    public void is_never_wider_than_a_hundred_columns()
    {
        var history = new History(Enumerable.Range(0, 6).Select(i => new Call(i, "AnOperationWithALongName", "and a long argument", null, i, i + 10)));
        Assert.All(Lanes.Draw(history).Split('\n'), line => Assert.True(line.Length <= Lanes.Width));
    }
}

public sealed class A_sequence
{
    [Fact]
    public void equals_another_with_the_same_items() => Assert.Equal(Sequence<int>.Empty.Add(1).Add(2).RemoveFirst(), Sequence<int>.Of([2]));

    [Fact]
    public void differs_from_one_with_other_items() => Assert.NotEqual(Sequence<int>.Of([1, 2]), Sequence<int>.Of([2, 1]));

    [Fact]
    public void says_so_when_more_is_removed_than_it_has() =>
        Assert.Contains("Ask Count first", Assert.Throws<InvalidOperationException>(() => Sequence<int>.Empty.RemoveFirst()).Message, StringComparison.Ordinal);
}
