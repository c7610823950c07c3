using ConcurrencySpecs.Waiting;

public sealed class A_waiter_list
{
    private readonly Lock _gate = new();

    [Fact]
    public void grants_in_arrival_order_whoever_withdraws_between() => Spec.ForAll<bool[]>(withdraws =>
    {
        var list = new WaiterList<int>(_gate);
        Waiter<int>[] waiters = [.. withdraws.Select(_ => Added(list))];
        for (int i = 0; i < waiters.Length; i++) if (withdraws[i]) Assert.True(list.Withdraw(waiters[i], WaitState.Cancelled));

        foreach (Waiter<int> expected in waiters.Where((_, i) => !withdraws[i])) Assert.Same(expected, GrantedFrom(list));
        Assert.Null(GrantedFrom(list));
    });

    [Fact]
    public void lets_nobody_withdraw_who_has_been_granted()
    {
        var list = new WaiterList<int>(_gate);
        Waiter<int> waiter = Added(list);
        Assert.Same(waiter, GrantedFrom(list));
        Assert.False(list.Withdraw(waiter, WaitState.TimedOut));
        Assert.Equal(WaitState.Granted, waiter.State);
    }

    [Fact]
    public void keeps_the_first_reason_of_who_withdraws_twice()
    {
        var list = new WaiterList<int>(_gate);
        Waiter<int> waiter = Added(list);
        Assert.True(list.Withdraw(waiter, WaitState.TimedOut));
        Assert.False(list.Withdraw(waiter, WaitState.Cancelled));
        Assert.Equal(WaitState.TimedOut, waiter.State);
    }

    [Fact]
    public void settles_everybody_when_all_is_over()
    {
        var list = new WaiterList<int>(_gate);
        Waiter<int>[] waiters = [Added(list), Added(list), Added(list)];
        var settled = new List<Waiter<int>>();
        lock (_gate) list.SettleAll(WaitState.Closed, settled);

        Assert.Equal(waiters, settled);
        Assert.All(settled, waiter => Assert.Equal(WaitState.Closed, waiter.State));
        Assert.Null(GrantedFrom(list));
    }

    private Waiter<int> Added(WaiterList<int> list)
    {
        var waiter = new Waiter<int>(list, blocks: false);
        lock (_gate) list.Add(waiter);
        return waiter;
    }

    private Waiter<int>? GrantedFrom(WaiterList<int> list)
    {
        lock (_gate) return list.TryGrantFirst(out Waiter<int>? first) ? first : null;
    }
}
