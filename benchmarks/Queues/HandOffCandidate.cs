using System.Collections.Concurrent;
using System.Numerics;
using System.Threading.Channels;
using ConcurrencySpecs.Benchmarks.Measuring;
using ConcurrencySpecs.Queues;

namespace ConcurrencySpecs.Benchmarks.Queues;

/// <summary>One way to hand items over, by <see cref="Pairs"/> producers to as many consumers.</summary>
/// <param name="Name">The type and how it is used.</param>
/// <param name="Pairs">How many producers, and how many consumers.</param>
/// <param name="Waits">What a side does while there is no room or no item.</param>
/// <param name="Run">Hands over that many items through a fresh queue and says what one cost.</param>
internal sealed record HandOffCandidate(string Name, int Pairs, string Waits, Func<int, Sample> Run)
{
    public const int Capacity = 1024;
    public const int Batch = 64;
    public const string ChannelSpinning = "bounded Channel, TryWrite/TryRead";
    public const string ChannelAwaiting = "bounded Channel, WriteAsync/ReadAllAsync";
    public const string Unbounded = "ConcurrentQueue (unbounded)";
    public const string Spsc = "SpscQueue";
    public const string SpscBatches = "SpscQueue, batches of 64";
    public const string Mpmc = "MpmcQueue";

    private const string Spins = "spin";
    private const string SpinThenPark = "spin, then park";
    private const string Await = "await";

    /// <summary>Every way, the platform's first.</summary>
    public static IReadOnlyList<HandOffCandidate> All { get; } = [.. For(pairs: 1), .. For(pairs: 2)];

    private static IEnumerable<HandOffCandidate> For(int pairs)
    {
        yield return new(ChannelSpinning, pairs, Spins, items => Threads(new Spinning<ChannelEnds>(new(NewChannel(pairs))), pairs, items));
        yield return new(ChannelAwaiting, pairs, Await, items => Channels(NewChannel(pairs), pairs, items));
        yield return new(Unbounded, pairs, "consumers spin", items => Threads(new Spinning<ConcurrentQueueEnds>(new([])), pairs, items));
        yield return new("BlockingCollection, Add/Take", pairs, SpinThenPark, items => Threads(new BlockingCollectionEnds(new(Capacity)), pairs, items));
        if (pairs == 1) yield return new(Spsc, pairs, Spins, items => Threads(new Spinning<SpscEnds>(new(new(Capacity))), pairs, items));
        if (pairs == 1) yield return new(SpscBatches, pairs, Spins, items => Batches(new(Capacity), items));
        yield return new(Mpmc, pairs, Spins, items => Threads(new Spinning<MpmcEnds>(new(new(Capacity))), pairs, items));
        yield return new("BlockingQueue, Put/Get", pairs, SpinThenPark, items => Threads(new BlockingQueueEnds(new(Capacity)), pairs, items));
        yield return new("BlockingQueue, PutAsync/GetAsync", pairs, Await, items => Tasks(new(Capacity), pairs, items));
    }

    private static Channel<int> NewChannel(int pairs) =>
        Channel.CreateBounded<int>(new BoundedChannelOptions(Capacity) { SingleReader = pairs == 1, SingleWriter = pairs == 1 });

    private static Sample Threads<TEnds>(TEnds ends, int pairs, int items) where TEnds : struct, IEnds
    {
        var sums = new Checksum();
        return sums.Judge(items, pairs, Crew.RunThreads(items, [
            .. Enumerable.Repeat<Action>(() => Send(ends, items / pairs), pairs),
            .. Enumerable.Repeat<Action>(() => sums.Add(Receive(ends, items / pairs)), pairs),
        ]));
    }

    private static void Send<TEnds>(TEnds ends, int items) where TEnds : struct, IEnds
    {
        for (int i = 0; i < items; i++) ends.Send(i);
    }

    private static long Receive<TEnds>(TEnds ends, int items) where TEnds : struct, IEnds
    {
        long sum = 0;
        for (int i = 0; i < items; i++) sum += ends.Receive();
        return sum;
    }

    private static Sample Batches(SpscQueue<int> queue, int items)
    {
        var sums = new Checksum();
        return sums.Judge(items, pairs: 1, Crew.RunThreads(items, () => SendBatches(queue, items), () => sums.Add(ReceiveBatches(queue, items))));
    }

    private static void SendBatches(SpscQueue<int> queue, int items)
    {
        Span<int> batch = stackalloc int[Batch];
        for (int next = 0; next < items; next += Batch)
        {
            Fill(batch, next);
            int sent = queue.TryEnqueue(batch);
            for (int look = 1; sent < Batch; sent += queue.TryEnqueue(batch[sent..])) Spin.Wait(look++);
        }
    }

    private static long ReceiveBatches(SpscQueue<int> queue, int items)
    {
        Span<int> batch = stackalloc int[Batch];
        long sum = 0;
        for (int received = 0; received < items;)
        {
            int count = queue.TryDequeue(batch);
            for (int look = 1; count == 0; count = queue.TryDequeue(batch)) Spin.Wait(look++);
            sum += Sum(batch[..count]);
            received += count;
        }

        return sum;
    }

    // By vectors: item by item, making a batch and adding it up took as long as handing it over.
    private static void Fill(Span<int> batch, int first)
    {
        for (int i = 0; i < batch.Length; i += Vector<int>.Count) Vector.CreateSequence(first + i, 1).CopyTo(batch[i..]);
    }

    private static long Sum(ReadOnlySpan<int> items)
    {
        Vector<long> sums = default;
        for (; items.Length >= Vector<int>.Count; items = items[Vector<int>.Count..])
        {
            Vector.Widen(new Vector<int>(items), out Vector<long> low, out Vector<long> high);
            sums += low + high;
        }

        long sum = Vector.Sum(sums);
        foreach (int item in items) sum += item;
        return sum;
    }

    private static Sample Channels(Channel<int> channel, int pairs, int items)
    {
        var sums = new Checksum();
        int sending = pairs;
        return sums.Judge(items, pairs, Crew.RunTasks(items, [
            .. Enumerable.Repeat(async () =>
            {
                for (int i = 0; i < items / pairs; i++) await channel.Writer.WriteAsync(i);
                if (Interlocked.Decrement(ref sending) == 0) channel.Writer.Complete();
            }, pairs),
            .. Enumerable.Repeat(async () =>
            {
                long sum = 0;
                await foreach (int item in channel.Reader.ReadAllAsync()) sum += item;
                sums.Add(sum);
            }, pairs),
        ]));
    }

    private static Sample Tasks(BlockingQueue<int> queue, int pairs, int items)
    {
        var sums = new Checksum();
        return sums.Judge(items, pairs, Crew.RunTasks(items, [
            .. Enumerable.Repeat(async () =>
            {
                for (int i = 0; i < items / pairs; i++) await queue.PutAsync(i);
            }, pairs),
            .. Enumerable.Repeat(async () =>
            {
                long sum = 0;
                for (int i = 0; i < items / pairs; i++) sum += await queue.GetAsync();
                sums.Add(sum);
            }, pairs),
        ]));
    }

    /// <summary>A queue that is fast because it loses items has no figure.</summary>
    private sealed class Checksum
    {
        private long _sum;

        public void Add(long sum) => Interlocked.Add(ref _sum, sum);

        public Sample Judge(int items, int pairs, Sample sample)
        {
            long each = items / pairs;
            long expected = pairs * (each * (each - 1) / 2);
            return _sum == expected ? sample : throw new InvalidOperationException(
                $"The consumers' checksum is {_sum} and should be {expected}: the queue lost, repeated or changed an item.");
        }
    }
}
