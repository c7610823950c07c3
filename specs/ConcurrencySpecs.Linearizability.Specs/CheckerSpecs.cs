using ConcurrencySpecs.Linearizability;
using static Histories;

/// <summary>The traps into which published checkers have fallen, each with the history that shows it.</summary>
public sealed class The_linearizability_checker
{
    [Fact]
    public void lets_overlapping_calls_take_effect_in_either_order() =>
        Accepts(new QueueModel(), Enq(1, 0, 3), Enq(2, 1, 2), Deq(2, 4, 5), Deq(1, 6, 7));

    [Fact]
    public void keeps_the_order_of_calls_that_do_not_overlap() =>
        Refuses(new QueueModel(), Enq(1, 0, 1), Enq(2, 2, 3), Deq(2, 4, 5), Deq(1, 6, 7));

    [Fact]
    public void sees_an_empty_that_two_items_cover_jointly() =>
        Refuses(new QueueModel(), Enq(1, 0, 1), Enq(2, 4, 5), Deq(QueueModel.Empty, 2, 9), Deq(1, 7, 8), Deq(2, 10, 11));

    [Fact]
    public void sees_what_three_stack_items_make_impossible_though_every_pair_is_possible() => Refuses(
        new StackModel(),
        Op("push", 1, null, 0, 4), Op("push", 3, null, 1, 2), Op("push", 2, null, 3, 7), Op("pop", null, 3, 5, 6), Op("pop", null, 1, 8, 9), Op("pop", null, 2, 10, 11));

    [Fact]
    public void does_not_forget_items_that_are_never_removed() =>
        Refuses(new QueueModel(), Enq(1, 0, 1), Enq(2, 2, 3), Deq(2, 4, 5));

    [Fact]
    public void keeps_a_pending_insertion_that_was_seen() => Accepts(new QueueModel(), Pending("enq", 1, 0), Deq(1, 5, 6));

    [Fact]
    public void keeps_a_pending_insertion_that_only_made_another_one_fail() =>
        Accepts(new QueueModel(capacity: 1), Deq(QueueModel.Empty, 0, 8), Pending("enq", 1, 5), Op("enq", 2, QueueModel.Full, 10, 16));

    [Fact]
    public void lets_a_pending_removal_have_taken_an_item_or_not()
    {
        Accepts(new QueueModel(), Enq(1, 0, 1), Enq(2, 2, 3), Pending("deq", null, 4), Deq(2, 6, 7));
        Accepts(new QueueModel(), Enq(1, 0, 1), Enq(2, 2, 3), Pending("deq", null, 4), Deq(1, 6, 7));
        Refuses(new QueueModel(), Enq(1, 0, 1), Enq(2, 2, 3), Enq(3, 4, 5), Pending("deq", null, 6), Deq(3, 8, 9));
        Refuses(new QueueModel(), Enq(1, 0, 1), Enq(2, 2, 3), Deq(2, 6, 7), Pending("deq", null, 8));
    }

    [Fact]
    public void does_not_force_a_pending_call_in_at_the_end()
    {
        Accepts(new LockModel(), Op("lock", null, null, 0, 1), Pending("lock", null, 2));
        Accepts(new LockModel(), Pending("lock", null, 0), Op("try", null, false, 2, 3));
        Refuses(new LockModel(), Pending("lock", null, 0), Op("try", null, false, 2, 3), Op("try", null, true, 4, 5));
    }

    [Fact]
    public void treats_equal_times_as_overlap() =>
        Accepts(new QueueModel(), Enq(1, 0, 5), Enq(2, 5, 6), Deq(2, 7, 8), Deq(1, 9, 10));

    [Fact]
    public void does_not_take_the_same_item_twice_for_a_duplicate() =>
        Accepts(new QueueModel(), Enq(1, 0, 1), Enq(1, 2, 3), Deq(1, 4, 5), Deq(1, 6, 7));

    [Fact]
    public void sees_a_failed_compare_and_swap_that_should_have_succeeded() =>
        Refuses(new RegisterModel(), Op("write", 1, null, 0, 1), Op("cas", (1, 2), false, 2, 3));

    [Fact]
    public void pins_the_head_that_a_peek_has_seen() => Refuses(
        new QueueModel(), Enq(1, 0, 9), Enq(2, 1, 10), Op("peek", null, 2, 2, 3), Op("peek", null, 1, 4, 5), Deq(1, 11, 12), Deq(2, 13, 14));

    [Fact]
    public void believes_a_blocked_call_only_where_it_had_to_wait()
    {
        Accepts(new LockModel(), Op("lock", null, null, 0, 1), Blocked("lock", null, 2));
        Refuses(new LockModel(), Op("lock", null, null, 0, 1), Blocked("lock", null, 2), Op("unlock", null, null, 3, 4));
        Accepts(new LockModel(), Op("lock", null, null, 0, 1), Blocked("lock", null, 2, withdrawn: 3), Op("unlock", null, null, 4, 5));
    }

    [Fact]
    public void says_what_cannot_be_and_what_should_have_been()
    {
        LinearizabilityVerdict verdict = LinearizabilityChecker.Check(Of(Enq(1, 0, 1), Deq(2, 2, 3)), new QueueModel());
        Assert.Equal("after enq(1) → null the state is [1], and deq() → 2 cannot be next", verdict.Reason);
    }

    [Fact]
    public void says_that_it_does_not_know_when_its_budget_ends()
    {
        Call[] calls = [.. Enumerable.Range(0, 8).Select(i => Enq(i, 0, 10)), Deq(9, 11, 12)];
        LinearizabilityVerdict verdict = LinearizabilityChecker.Check(Of(calls), new QueueModel(), budget: 50);
        Assert.Equal(Answer.Undecided, verdict.Answer);
    }

    [Fact]
    public void refuses_a_history_whose_lanes_overlap_with_themselves()
    {
        var error = Assert.Throws<ArgumentException>(() => new History([Enq(1, 0, 5), Enq(2, 3, 8)]));
        Assert.Contains("give overlapping calls lanes of their own", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void judges_thousands_of_calls_of_a_few_threads_in_no_time()
    {
        // Four threads, one after another around a ring: deep, not wide.
        Call[] calls = [.. Enumerable.Range(0, 20_000).Select(i => i % 2 == 0
            ? new Call(i % 4, "enq", i, null, 10 * i, (10 * i) + 5)
            : new Call(i % 4, "deq", null, i - 1, 10 * i, (10 * i) + 5))];
        Assert.True(LinearizabilityChecker.Check(new History(calls), new QueueModel()).IsLinearizable);
    }

    private static void Accepts<TState>(Model<TState> model, params Call[] calls)
    {
        History history = Of(calls);
        LinearizabilityVerdict verdict = LinearizabilityChecker.Check(history, model);
        Assert.True(verdict.IsLinearizable, verdict.Reason);
        Assert.True(LinearizabilityChecker.Certifies(history, model, verdict.Order));
    }

    private static void Refuses<TState>(Model<TState> model, params Call[] calls) =>
        Assert.Equal(Answer.NotLinearizable, LinearizabilityChecker.Check(Of(calls), model).Answer);
}
