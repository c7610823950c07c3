using ConcurrencySpecs.Linearizability;
using FsCheck;
using FsCheck.Fluent;

/// <summary>The checker against every permutation, on small random histories with completed, pending and blocked calls.</summary>
public sealed class The_checker_and_brute_force
{
    [Fact]
    public void agree_on_queues() => Agree(new QueueModel(), Calls("enq", "deq", "peek"));

    [Fact]
    public void agree_on_bounded_queues() => Agree(new QueueModel(capacity: 1), Calls("enq", "deq"));

    [Fact]
    public void agree_on_stacks() => Agree(new StackModel(), Calls("push", "pop"));

    [Fact]
    public void agree_on_locks() => Agree(new LockModel(), Calls("lock", "try", "unlock"));

    private static void Agree<TState>(Model<TState> model, Gen<History> histories)
    {
        int yes = 0, no = 0;
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(3_000).WithQuietOnSuccess(true), Prop.ForAll(Arb.From(histories), history =>
        {
            LinearizabilityVerdict verdict = LinearizabilityChecker.Check(history, model);
            if (verdict.IsLinearizable) yes++;
            else no++;
            return verdict.IsLinearizable == ByBruteForce(history, model)
                && (!verdict.IsLinearizable || LinearizabilityChecker.Certifies(history, model, verdict.Order));
        }));
        Assert.True(yes > 100 && no > 100, $"{yes} linearizable and {no} not: the generator has to give enough of both");
    }

    private static Gen<History> Calls(params string[] operations) =>
        from count in Gen.Choose(1, 6)
        from calls in Gen.ArrayOf(CallOf(operations), count)
        select Histories.Of(calls);

    private static Gen<Call> CallOf(string[] operations) =>
        from operation in Gen.Elements(operations)
        from item in Gen.Choose(1, 3)
        from start in Gen.Choose(0, 12)
        from length in Gen.Choose(0, 6)
        from status in Gen.Frequency((8, Gen.Constant(CallStatus.Completed)), (1, Gen.Constant(CallStatus.Pending)), (1, Gen.Constant(CallStatus.Blocked)))
        from odd in Gen.Choose(0, 3)
        select new Call(
            0, operation, item, Result(operation, item, odd == 0), start, status == CallStatus.Pending ? long.MaxValue : start + length, status);

    private static object? Result(string operation, int item, bool odd) => operation switch
    {
        "enq" => odd ? QueueModel.Full : null,
        "deq" or "pop" or "peek" => odd ? QueueModel.Empty : item,
        "try" => !odd,
        _ => null,
    };

    /// <summary>Every order of every choice of pending calls, by the definition and nothing else.</summary>
    private static bool ByBruteForce<TState>(History history, Model<TState> model)
    {
        return Extend(model.Initial, [.. history.Calls]);

        bool Extend(TState state, List<Call> left)
        {
            if (left.TrueForAll(call => call.Status == CallStatus.Pending)) return true;
            foreach (Call call in left)
            {
                long from = call.Status == CallStatus.Blocked ? call.Returned : call.Invoked;
                if (left.Exists(other => other != call && other.Status != CallStatus.Pending && other.Returned < from)) continue;
                var next = model.Next(state, call);
                if (call.Status == CallStatus.Blocked) next = next.Count == 0 ? [state] : [];
                List<Call> rest = [.. left.Where(other => !ReferenceEquals(other, call))];
                if (next.Any(after => Extend(after, rest))) return true;
            }

            return false;
        }
    }
}
