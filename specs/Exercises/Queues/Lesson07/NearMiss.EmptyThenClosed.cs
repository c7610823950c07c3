using System.Collections.Concurrent;

/// <summary>Asks both questions, in the order that leaves a gap.</summary>
public sealed class Postbox
{
    private readonly ConcurrentQueue<string> _letters = new();
    private volatile bool _closed;

    public void Post(string letter) => _letters.Enqueue(letter);

    public void Close() => _closed = true;

    public int Deliver()
    {
        int delivered = 0;
        while (!_letters.IsEmpty || !_closed)
        {
            if (_letters.TryDequeue(out _)) delivered++;
        }
        return delivered;
    }
}
