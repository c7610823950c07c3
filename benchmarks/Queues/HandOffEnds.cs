using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using ConcurrencySpecs.Queues;

namespace ConcurrencySpecs.Benchmarks.Queues;

/// <summary>The two ends of a hand-off. Adapters are structs, so that the measured loops call the queue itself and nothing virtual.</summary>
internal interface IEnds
{
    void Send(int item);

    int Receive();
}

/// <summary>Ends that fail at once when there is no room or no item.</summary>
internal interface ITryEnds
{
    bool TrySend(int item);

    bool TryReceive(out int item);
}

/// <summary>Waits by spinning, the same for every candidate that does not wait by itself.</summary>
internal readonly struct Spinning<TEnds>(TEnds ends) : IEnds where TEnds : struct, ITryEnds
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Send(int item)
    {
        if (!ends.TrySend(item)) SendLate(item);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Receive() => ends.TryReceive(out int item) ? item : ReceiveLate();

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void SendLate(int item)
    {
        int look = 0;
        do Spin.Wait(++look); while (!ends.TrySend(item));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int ReceiveLate()
    {
        int item;
        int look = 0;
        do Spin.Wait(++look); while (!ends.TryReceive(out item));
        return item;
    }
}

/// <summary>Looks about twice a microsecond, so that items or room can gather, and lets other threads run at every twentieth look.</summary>
/// <remarks>
/// The length of the pause moves the figures of every candidate. Of 0, 1, 3, 10, 20, 30 and 40 pauses, twenty served ConcurrentQueue,
/// Channel and ours best or within the noise of it; a ring of 1024 drains within a microsecond in batches, so that a longer pause
/// would measure itself.
/// </remarks>
internal static class Spin
{
    private const int PausesPerLook = 20;
    private const int LooksPerYield = 20;

    public static void Wait(int look)
    {
        if (look % LooksPerYield == 0) Thread.Yield();
        else Thread.SpinWait(PausesPerLook);
    }
}

internal readonly struct ChannelEnds(Channel<int> channel) : ITryEnds
{
    private readonly ChannelWriter<int> _writer = channel.Writer;
    private readonly ChannelReader<int> _reader = channel.Reader;

    public bool TrySend(int item) => _writer.TryWrite(item);

    public bool TryReceive(out int item) => _reader.TryRead(out item);
}

internal readonly struct ConcurrentQueueEnds(ConcurrentQueue<int> queue) : ITryEnds
{
    public bool TrySend(int item)
    {
        queue.Enqueue(item);
        return true;
    }

    public bool TryReceive(out int item) => queue.TryDequeue(out item);
}

internal readonly struct SpscEnds(SpscQueue<int> queue) : ITryEnds
{
    public bool TrySend(int item) => queue.TryEnqueue(item);

    public bool TryReceive(out int item) => queue.TryDequeue(out item);
}

internal readonly struct MpmcEnds(MpmcQueue<int> queue) : ITryEnds
{
    public bool TrySend(int item) => queue.TryEnqueue(item);

    public bool TryReceive(out int item) => queue.TryDequeue(out item);
}

internal readonly struct BlockingCollectionEnds(BlockingCollection<int> queue) : IEnds
{
    public void Send(int item) => queue.Add(item);

    public int Receive() => queue.Take();
}

internal readonly struct BlockingQueueEnds(BlockingQueue<int> queue) : IEnds
{
    public void Send(int item) => queue.Put(item);

    public int Receive() => queue.Get();
}
