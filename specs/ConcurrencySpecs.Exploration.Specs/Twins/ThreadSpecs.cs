using ConcurrencySpecs.Exploration.Twins;
using static Exploring;
using Interlocked = ConcurrencySpecs.Exploration.Twins.Interlocked;
using SpinWait = ConcurrencySpecs.Exploration.Twins.SpinWait;
using Thread = ConcurrencySpecs.Exploration.Twins.Thread;
using ThreadPool = ConcurrencySpecs.Exploration.Twins.ThreadPool;
using Volatile = ConcurrencySpecs.Exploration.Twins.Volatile;

public sealed class A_thread_twin
{
    [Fact]
    public void tells_its_life() => Ends("Unstarted False Running True Stopped False | Unstarted False Stopped False Stopped False", () =>
    {
        var thread = new Thread(() => { });
        string life = $"{thread.ThreadState} {thread.IsAlive} ";
        thread.Start();
        bool alive = thread.IsAlive;
        life += alive ? "Running True " : "Stopped False ";
        thread.Join();
        return life + $"{thread.ThreadState} {thread.IsAlive}";
    });

    [Fact]
    public void knows_itself_and_its_name() => Ends("worker True 5", () =>
    {
        string seen = "";
        Thread thread = null!;
        thread = new Thread(parameter => seen = $"{Thread.CurrentThread.Name} {Thread.CurrentThread == thread} {parameter}") { Name = "worker" };
        thread.Start(5);
        thread.Join();
        return seen;
    });

    [Fact]
    public void joins_with_a_time_out_both_ways() => Ends("False | True", () =>
    {
        var thread = new Thread(() => { });
        thread.Start();
        return thread.Join(10);
    });

    [Fact]
    public void sleeps_without_taking_time() => Passes(() => Thread.Sleep(TimeSpan.FromHours(1)));

    [Fact]
    public void loses_an_update_that_is_not_atomic() => Ends("1 | 2", () =>
    {
        int count = 0;
        void Add()
        {
            int seen = Volatile.Read(ref count);
            Volatile.Write(ref count, seen + 1);
        }
        Together(Add, Add);
        return count;
    });

    [Fact]
    public void is_refused_a_second_start() => Ends("ThreadStateException ThreadStateException InvalidOperationException", () =>
    {
        var thread = new Thread(() => { });
        string join = Try(thread.Join);
        thread.Start();
        return $"{join} {Try(thread.Start)} {Try(() => new Thread(() => { }).Start(1))}";
    });

    [Fact]
    public void keeps_its_own_thread_local() => Ends("1 2 0", () =>
    {
        var local = new ConcurrencySpecs.Exploration.Twins.ThreadLocal<int>(() => 0);
        int a = 0, b = 0;
        Together(
            () =>
            {
                local.Value = 1;
                a = local.Value;
            },
            () =>
            {
                local.Value = 2;
                b = local.Value;
            });
        return $"{a} {b} {local.Value}";
    });

    [Fact]
    public void is_made_by_the_pool() => Ends("3", () =>
    {
        int sum = 0;
        var done = new ConcurrencySpecs.Exploration.Twins.CountdownEvent(2);
        ThreadPool.QueueUserWorkItem(_ =>
        {
            Interlocked.Add(ref sum, 1);
            done.Signal();
        });
        ThreadPool.UnsafeQueueUserWorkItem<int>(n =>
        {
            Interlocked.Add(ref sum, n);
            done.Signal();
        }, 2, preferLocal: true);
        done.Wait();
        return sum;
    });

    [Fact]
    public void spins_until_a_flag_or_the_time_comes() => Ends("False | True", () =>
    {
        int flag = 0;
        bool seen = false;
        Together(() => seen = SpinWait.SpinUntil(() => Volatile.Read(ref flag) == 1, 10), () => Volatile.Write(ref flag, 1));
        return seen;
    });
}
