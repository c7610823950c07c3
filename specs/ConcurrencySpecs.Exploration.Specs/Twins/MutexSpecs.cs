using ConcurrencySpecs.Exploration.Scheduling;
using ConcurrencySpecs.Exploration.Twins;
using static Exploring;
using AutoResetEvent = ConcurrencySpecs.Exploration.Twins.AutoResetEvent;
using Mutex = ConcurrencySpecs.Exploration.Twins.Mutex;
using Thread = ConcurrencySpecs.Exploration.Twins.Thread;
using WaitHandle = ConcurrencySpecs.Exploration.Twins.WaitHandle;

public sealed class A_mutex_twin
{
    [Fact]
    public void lets_one_thread_in_at_a_time() => Ends("2", () =>
    {
        var mutex = new Mutex();
        int count = 0;
        void Add()
        {
            mutex.WaitOne();
            int seen = count;
            Thread.Yield();
            count = seen + 1;
            mutex.ReleaseMutex();
        }
        Together(Add, Add);
        return count;
    });

    [Fact]
    public void lets_its_owner_in_again() => Passes(() =>
    {
        var mutex = new Mutex(initiallyOwned: true);
        Assert.True(mutex.WaitOne());
        mutex.ReleaseMutex();
        mutex.ReleaseMutex();
        Together(() =>
        {
            Assert.True(mutex.WaitOne(10) || true);
        });
    });

    [Fact]
    public void is_waited_for_in_vain_or_not() => Ends("False | True", () =>
    {
        var mutex = new Mutex();
        bool entered = false;
        Together(
            () =>
            {
                mutex.WaitOne();
                mutex.ReleaseMutex();
            },
            () =>
            {
                entered = mutex.WaitOne(10);
                if (entered) mutex.ReleaseMutex();
            });
        return entered;
    });

    [Fact]
    public void is_released_by_its_owner_only() => Ends("ApplicationException", () =>
    {
        var mutex = new Mutex(initiallyOwned: true);
        string answer = "";
        Together(() => answer = Try(mutex.ReleaseMutex));
        return answer;
    });

    [Fact]
    public void is_handed_on_as_abandoned_when_its_owner_ends() => Ends("abandoned, then free | free, then abandoned", () =>
    {
        var mutex = new Mutex();
        string answer = "free, then abandoned";
        Together(
            () => mutex.WaitOne(),
            () =>
            {
                if (Try(() => mutex.WaitOne()) == nameof(AbandonedMutexException)) answer = "abandoned, then free";
                mutex.ReleaseMutex();
            });
        return answer;
    });

    [Fact]
    public void says_at_which_index_it_was_abandoned() => Ends("1", () =>
    {
        var mutex = new Mutex();
        Together(() => mutex.WaitOne());
        try
        {
            WaitHandle.WaitAny([new AutoResetEvent(false), mutex]);
            return "not told";
        }
        catch (AbandonedMutexException abandoned)
        {
            mutex.ReleaseMutex();
            return abandoned.MutexIndex;
        }
    });

    [Fact]
    public void is_taken_together_with_others() => Passes(() =>
    {
        Mutex a = new(), b = new();
        void Both()
        {
            WaitHandle.WaitAll([a, b]);
            a.ReleaseMutex();
            b.ReleaseMutex();
        }
        Together(Both, Both);
    });

    [Fact]
    public void that_is_taken_in_both_orders_is_found() => Fails(Outcome.Deadlock, () =>
    {
        Mutex a = new(), b = new();
        void Take(Mutex first, Mutex second)
        {
            first.WaitOne();
            second.WaitOne();
            second.ReleaseMutex();
            first.ReleaseMutex();
        }
        Together(() => Take(a, b), () => Take(b, a));
    });

    [Fact]
    public void answers_like_the_real_one() => Agree(() =>
    {
        using var mutex = new System.Threading.Mutex(true);
        return $"{mutex.WaitOne(0)} {Try(mutex.ReleaseMutex)} {Try(mutex.ReleaseMutex)} {Try(mutex.ReleaseMutex)} {Try(() => mutex.WaitOne(-2))}";
    }, () =>
    {
        using var mutex = new Mutex(true);
        return $"{mutex.WaitOne(0)} {Try(mutex.ReleaseMutex)} {Try(mutex.ReleaseMutex)} {Try(mutex.ReleaseMutex)} {Try(() => mutex.WaitOne(-2))}";
    });
}
