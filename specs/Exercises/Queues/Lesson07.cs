using System.Collections.Concurrent;

/// <summary>A postbox that one thread fills and closes while another one delivers.</summary>
public sealed class Postbox
{
    private readonly ConcurrentQueue<string> _letters = new();
    private volatile bool _closed;

    public void Post(string letter) => _letters.Enqueue(letter);

    public void Close() => _closed = true;

    // TODO: deliver every letter. Return when the box has been closed and all that was posted is delivered.
    public int Deliver()
    {
        int delivered = 0;
        while (!_letters.IsEmpty)
        {
            if (_letters.TryDequeue(out _)) delivered++;
        }
        return delivered;
    }
}
