using ConcurrencySpecs.Exploration;

/// <summary>Progress as a program reports it: each report is told in a thread of its own.</summary>
public sealed class Progress_under_exploration
{
    [Fact]
    public void is_told_of_every_report_sooner_or_later() => Exhausts(() =>
    {
        using var told = new CountdownEvent(4);
        int sum = 0;
        var progress = new Progress<int>(value => Tell(value));
        progress.ProgressChanged += (_, value) => Tell(value);
        Task work = Task.Run(() =>
        {
            ((IProgress<int>)progress).Report(1);
            ((IProgress<int>)progress).Report(2);
        });
        told.Wait();
        work.Wait();
        Assert.Equal(6, sum);

        void Tell(int value)
        {
            Interlocked.Add(ref sum, value);
            told.Signal();
        }
    });

    [Fact]
    public void is_told_in_any_order()
    {
        var seen = new Tally<string>();
        Exhausts(() =>
        {
            using var told = new CountdownEvent(2);
            string order = "";
            var gate = new Lock();
            IProgress<int> progress = new Progress<int>(value =>
            {
                lock (gate) order += value;
                told.Signal();
            });
            progress.Report(1);
            progress.Report(2);
            told.Wait();
            seen.Add(order);
        });
        Assert.Equal(["12", "21"], seen.Values.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void that_is_taken_for_told_once_the_work_is_done_is_found() => Finds("Assert.Equal", () =>
    {
        int last = 0;
        IProgress<int> progress = new Progress<int>(value => Volatile.Write(ref last, value));
        Task.Run(() => progress.Report(1)).Wait();
        Assert.Equal(1, Volatile.Read(ref last));
    });

    [Fact]
    public void goes_where_the_program_s_own_context_sends_it() => Assert.True(Explore.Every(() =>
    {
        var context = new AtOnce();
        SynchronizationContext.SetSynchronizationContext(context);
        int last = 0;
        IProgress<int> progress = new Progress<int>(value => last = value);
        SynchronizationContext.SetSynchronizationContext(null);
        progress.Report(7);
        Assert.Equal(7, last);
    }).Exhausted);

    [Fact]
    public void may_be_overridden() => Exhausts(() =>
    {
        var counting = new Counting();
        Task.WaitAll(Task.Run(() => ((IProgress<int>)counting).Report(1)), Task.Run(() => ((IProgress<int>)counting).Report(2)));
        Assert.Equal(2, counting.Count);
    });

    private static void Exhausts(Action body)
    {
        ExplorationResult result = Explore.Every(body);
        Assert.True(result.Exhausted && result.Schedules > 1, result.ToString());
    }

    private static void Finds(string what, Action body) =>
        Assert.Contains(what, Assert.Throws<ExplorationFailedException>(() => { Explore.Every(body); }).ToString(), StringComparison.Ordinal);

    private sealed class AtOnce : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state) => d(state);
    }

    private sealed class Counting : Progress<int>
    {
        private int _count;

        public int Count => _count;

        protected override void OnReport(int value)
        {
            Interlocked.Increment(ref _count);
            base.OnReport(value);
        }
    }
}
