/// <summary>Waits before it looks: a letter that is already there wakes nobody.</summary>
public sealed class Mailbox
{
    private readonly Queue<string> _letters = new();

    public void Put(string letter)
    {
        lock (_letters)
        {
            _letters.Enqueue(letter);
            Monitor.Pulse(_letters);
        }
    }

    public string Take()
    {
        lock (_letters)
        {
            do Monitor.Wait(_letters); while (_letters.Count == 0);
            return _letters.Dequeue();
        }
    }
}
