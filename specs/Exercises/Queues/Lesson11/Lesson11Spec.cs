using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

public sealed class Lesson_11_TaskDone_forgotten_on_the_error_path : Lesson
{
    [Fact]
    public void Join_ends_when_all_is_done() => Every(() =>
    {
        var bench = new Bench();
        Jobs jobs = bench.Jobs();
        var worker = new Worker(jobs);
        int[] begun = Results(
            () =>
            {
                worker.Run();
                return 0;
            },
            () =>
            {
                jobs.Join();
                return bench.Begun;
            });
        Expect(begun[1] == 2, "early", begun[1]);
    });

    protected override string Explain(Evidence seen) => seen.Key == "deadlock" && !seen.Acts('A') ? "nothing" : seen.Key;
}

public sealed class Bench
{
    public int Begun { get; private set; }

    public Jobs Jobs() => new(Fail, Succeed);

    private void Succeed() => Begun++;

    private void Fail()
    {
        Begun++;
        throw new InvalidOperationException("This job fails.");
    }
}

/// <summary>Jobs to take, and a count of those that are not dealt with yet.</summary>
public sealed class Jobs(params Action[] jobs)
{
    private readonly ConcurrentQueue<Action> _waiting = new(jobs);
    private readonly CountdownEvent _open = new(jobs.Length);

    public bool TryTake([NotNullWhen(true)] out Action? job) => _waiting.TryDequeue(out job);

    /// <summary>To be called once for each job that was taken.</summary>
    public void TaskDone()
    {
        if (_open.IsSet) throw new LessonFindingException("twice");
        _open.Signal();
    }

    /// <summary>Waits until TaskDone has been called for every job.</summary>
    public void Join() => _open.Wait();
}
