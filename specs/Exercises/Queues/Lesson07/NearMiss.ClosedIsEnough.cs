using System.Collections.Concurrent;

/// <summary>Goes home at closing time, whatever is left in the box.</summary>
public sealed class Postbox
{
    private readonly ConcurrentQueue<string> _letters = new();
    private volatile bool _closed;

    public void Post(string letter) => _letters.Enqueue(letter);

    public void Close() => _closed = true;

    public int Deliver()
    {
        int delivered = 0;
        while (!_closed)
        {
            if (_letters.TryDequeue(out _)) delivered++;
        }
        return delivered;
    }
}
