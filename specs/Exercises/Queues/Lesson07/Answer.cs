using System.Collections.Concurrent;

/// <summary>A postbox that one thread fills and closes while another one delivers.</summary>
public sealed class Postbox
{
    private readonly ConcurrentQueue<string> _letters = new();
    private volatile bool _closed;

    public void Post(string letter) => _letters.Enqueue(letter);

    public void Close() => _closed = true;

    public int Deliver()
    {
        int delivered = 0;
        while (true)
        {
            bool closed = _closed;      // asked before the box is emptied: nothing comes after it
            while (_letters.TryDequeue(out _)) delivered++;
            if (closed) return delivered;
        }
    }
}
