using System.Collections.Concurrent;
using System.Threading.Channels;
using BenchmarkDotNet.Attributes;
using ConcurrencySpecs.Queues;

namespace ConcurrencySpecs.Benchmarks.Queues;

/// <summary>What does it cost to put one item in and take it out again, when nobody else is there?</summary>
[MemoryDiagnoser, MaxIterationCount(20), MaxWarmupCount(10)]
public class PairOnOneThread
{
    private const int Capacity = 1024;
    private const int Batch = 64;
    private readonly Channel<int> _channel = Channel.CreateBounded<int>(Capacity);
    private readonly ConcurrentQueue<int> _concurrentQueue = new();
    private readonly BlockingCollection<int> _blockingCollection = new(Capacity);
    private readonly SpscQueue<int> _spsc = new(Capacity);
    private readonly MpmcQueue<int> _mpmc = new(Capacity);
    private readonly BlockingQueue<int> _blocking = new(Capacity);
    private readonly int[] _batch = new int[Batch];

    /// <summary>The platform's bounded queue.</summary>
    [Benchmark(Baseline = true)]
    public int BoundedChannel()
    {
        _channel.Writer.TryWrite(1);
        _channel.Reader.TryRead(out int item);
        return item;
    }

    /// <summary>The platform's unbounded queue.</summary>
    [Benchmark]
    public int ConcurrentQueue()
    {
        _concurrentQueue.Enqueue(1);
        _concurrentQueue.TryDequeue(out int item);
        return item;
    }

    /// <summary>The platform's queue that waits.</summary>
    [Benchmark]
    public int BlockingCollection()
    {
        _blockingCollection.Add(1);
        return _blockingCollection.Take();
    }

    /// <summary>One producer, one consumer.</summary>
    [Benchmark]
    public int Spsc()
    {
        _spsc.TryEnqueue(1);
        _spsc.TryDequeue(out int item);
        return item;
    }

    /// <summary>The same in batches of 64; the figure is per item.</summary>
    [Benchmark(OperationsPerInvoke = Batch)]
    public int SpscBatch()
    {
        _spsc.TryEnqueue(_batch);
        return _spsc.TryDequeue(_batch.AsSpan());
    }

    /// <summary>Any number of producers and consumers.</summary>
    [Benchmark]
    public int Mpmc()
    {
        _mpmc.TryEnqueue(1);
        _mpmc.TryDequeue(out int item);
        return item;
    }

    /// <summary>Ours that waits.</summary>
    [Benchmark]
    public int Blocking()
    {
        _blocking.Put(1);
        return _blocking.Get();
    }

    /// <summary>Ours that waits, through its tasks, which are complete when nobody has to wait.</summary>
    [Benchmark]
    public async ValueTask<int> BlockingAsync()
    {
        await _blocking.PutAsync(1);
        return await _blocking.GetAsync();
    }
}
