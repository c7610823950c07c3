using ConcurrencySpecs.Pools;
using ConcurrencySpecs.Testing;
using FsCheck.Fluent;

namespace ConcurrencySpecs.Contracts.Pools;

/// <summary>Threads that work for others: what <see cref="WorkersContract"/> asks of a subject.</summary>
/// <remarks>After the close, work fails with <see cref="ObjectDisposedException"/>.</remarks>
public interface IWorkers
{
    /// <summary>Runs a function in a worker and waits for its result.</summary>
    Task<int> Run(Func<int> work);

    /// <summary>Runs a function on each item, some items at a time; one that throws stops no other, and all errors are told.</summary>
    Task<string[]> Map(int[] items, Func<int, string> work);

    /// <summary>Takes nothing more, and ends once everything has ended.</summary>
    Task Close();
}

/// <summary>What every pool of workers owes: each piece of work ends in its result or its own error, and a close waits for all of them.</summary>
public abstract class WorkersContract : ConcurrentSpec<IWorkers, bool>
{
    private const int Bad = 3;

    /// <summary>Everything is still open.</summary>
    protected override bool InitialState => true;

    protected override IEnumerable<Operation<IWorkers, bool>> Operations => [Run, Map, Close];

    protected override Operation<IWorkers, bool> LastLook => Operation(
        "close", workers => Ended(workers.Close(), CancellationToken.None), _ => (false, "done"));

    protected static Operation<IWorkers, bool> Run { get; } = Operation(
        "Run", Gen.Choose(1, Bad), (workers, item, cancel) => Answer(workers.Run(() => Work(item)), cancel),
        (open, item) => (open, !open ? "closed" : item == Bad ? Failed(1) : $"{item}"));

    protected static Operation<IWorkers, bool> Map { get; } = Operation(
        "Map", Gen.Choose(1, Bad).ArrayOf(3), (workers, items, cancel) => Mapped(workers.Map(items, item => $"{Work(item)}"), cancel),
        (open, items) => (open, !open ? "closed" : items.Contains(Bad) ? Failed(items.Count(item => item == Bad)) : string.Join(",", items)));

    protected static Operation<IWorkers, bool> Close { get; } = Operation(
        "Close", (workers, cancel) => Ended(workers.Close(), cancel), _ => (false, "done"));

    private static int Work(int item) => item == Bad ? throw new FormatException() : item;

    private static string Failed(int errors) => $"{errors} failed";

    private static string Answer(Task<int> answer, CancellationToken cancel) => Ended(answer, cancel, () => $"{answer.Result}");

    private static string Mapped(Task<string[]> answer, CancellationToken cancel) => Ended(answer, cancel, () => string.Join(",", answer.Result));

    private static string Ended(Task task, CancellationToken cancel, Func<string>? result = null)
    {
        try
        {
            task.Wait(cancel);
            return result?.Invoke() ?? "done";
        }
        catch (AggregateException failed)
        {
            return failed.InnerException switch
            {
                FormatException => Failed(failed.InnerExceptions.Count),
                ObjectDisposedException => "closed",
                { } other => $"{other}",
                null => "nothing",
            };
        }
    }
}

public sealed class WorkerPoolContract : WorkersContract
{
    protected override int Threads => 2;

    protected override int CallsPerThread => 3;

    protected override IWorkers NewSubject() => new PoolOfWorkers(new() { Workers = 2 });
}

/// <summary>So small that the explorer sees every schedule of some programs: one worker, who rests at once, and a call for each thread.</summary>
public sealed class WorkerPoolOfOneContract : WorkersContract
{
    public override string Name => "WorkerPool (one worker)";

    protected override int Threads => 2;

    protected override int CallsPerThread => 1;

    protected override IWorkers NewSubject() => new PoolOfWorkers(new() { Workers = 1, LooksBeforeRest = 0 });
}

/// <summary>The smallest there is: one worker and one caller, whose calls follow each other. The explorer leaves no schedule of it out.</summary>
public sealed class WorkerPoolOfOneCallerContract : WorkersContract
{
    public override string Name => "WorkerPool (one caller)";

    protected override int CallsPerThread => 2;

    protected override IEnumerable<Operation<IWorkers, bool>> Operations => [Run.By("caller"), Close.By("caller")];

    protected override IWorkers NewSubject() => new PoolOfWorkers(new() { Workers = 1, LooksBeforeRest = 0 });
}

internal sealed class PoolOfWorkers(WorkerPoolOptions options) : IWorkers, IDisposable
{
    private readonly WorkerPool _pool = new(options);

    public Task<int> Run(Func<int> work) => _pool.RunAsync(work);

    public Task<string[]> Map(int[] items, Func<int, string> work) => _pool.MapAsync(items, work, chunkSize: 2);

    public Task Close() => _pool.DrainAsync();

    public void Dispose() => Close().GetAwaiter().GetResult();
}
