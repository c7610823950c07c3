/// <summary>A mailbox in which letters can be awaited.</summary>
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
            while (_letters.Count == 0) Monitor.Wait(_letters);
            return _letters.Dequeue();
        }
    }
}
