using ConcurrencySpecs.Exploration.Scheduling;
using ConcurrencySpecs.Exploration.Twins;
using static Exploring;
using SemaphoreSlim = ConcurrencySpecs.Exploration.Twins.SemaphoreSlim;
using Thread = ConcurrencySpecs.Exploration.Twins.Thread;

public sealed class A_semaphore_slim_twin
{
    [Fact]
    public void lets_no_more_in_than_it_has_units() => Ends("1", () =>
    {
        var semaphore = new SemaphoreSlim(1);
        int inside = 0, most = 0;
        void Visit()
        {
            semaphore.Wait();
            most = Math.Max(most, ++inside);
            Thread.Yield();
            inside--;
            semaphore.Release();
        }
        Together(Visit, Visit);
        return most;
    });

    [Fact]
    public void finds_a_unit_that_is_never_given_back() => Fails(Outcome.Deadlock, () =>
    {
        var semaphore = new SemaphoreSlim(1);
        Together(semaphore.Wait, semaphore.Wait);
    });

    [Fact]
    public void waits_with_a_time_out_both_ways() => Ends("False | True", () =>
    {
        var semaphore = new SemaphoreSlim(0);
        bool got = false;
        Together(() => got = semaphore.Wait(5), () => semaphore.Release());
        return got;
    });

    [Fact]
    public void is_called_away_by_a_token_or_gets_its_unit() => Ends("cancelled | got", () =>
    {
        var semaphore = new SemaphoreSlim(0);
        var source = new CancellationTokenSource();
        string end = "";
        Together(
            () => end = Try(() => semaphore.Wait(source.Token)) == "ok" ? "got" : "cancelled",
            () =>
            {
                CancellationTokenSourceCalls.Cancel(source);
                semaphore.Release();
            });
        return end;
    });

    [Fact]
    public void completes_asynchronous_waits_by_releases() => Ends("True", () =>
    {
        var semaphore = new SemaphoreSlim(0);
        Task<bool> wait = semaphore.WaitAsync(Timeout.Infinite);
        Together(() => semaphore.Release());
        return TaskOfResultCalls.get_Result(wait);
    });

    [Fact]
    public void expires_asynchronous_waits() => Ends("False", () =>
        TaskOfResultCalls.get_Result(new SemaphoreSlim(0).WaitAsync(TimeSpan.FromMinutes(1))));

    [Fact]
    public void cancels_asynchronous_waits() => Ends("AggregateException Canceled", () =>
    {
        var source = new CancellationTokenSource();
        Task wait = new SemaphoreSlim(0).WaitAsync(source.Token);
        CancellationTokenSourceCalls.Cancel(source);
        return $"{Try(() => TaskCalls.Wait(wait))} {TaskCalls.get_Status(wait)}";
    });

    [Fact]
    public void answers_like_the_real_one()
    {
        Agree(() =>
        {
            var s = new System.Threading.SemaphoreSlim(1, 2);
            string before = $"{s.CurrentCount} {s.Wait(0)} {s.Wait(0)} {s.Wait(1)} {s.Release()} {s.Release()} {Try(() => s.Release())} " +
                $"{Try(() => s.Release(0))} {Try(() => s.Wait(-2))}";
            s.Dispose();
            return $"{before} {Try(() => s.Wait(0))} {Try(() => s.Release())} {Try(() => new System.Threading.SemaphoreSlim(2, 1))} " +
                $"{Try(() => new System.Threading.SemaphoreSlim(-1))} {s.CurrentCount}";
        }, () =>
        {
            var s = new SemaphoreSlim(1, 2);
            string before = $"{s.CurrentCount} {s.Wait(0)} {s.Wait(0)} {s.Wait(1)} {s.Release()} {s.Release()} {Try(() => s.Release())} " +
                $"{Try(() => s.Release(0))} {Try(() => s.Wait(-2))}";
            s.Dispose();
            return $"{before} {Try(() => s.Wait(0))} {Try(() => s.Release())} {Try(() => new SemaphoreSlim(2, 1))} {Try(() => new SemaphoreSlim(-1))} " +
                $"{s.CurrentCount}";
        });
    }
}
