/// <summary>Waking more threads does not make more letters.</summary>
public sealed class Mailbox
{
    private readonly Queue<string> _letters = new();

    public void Put(string letter)
    {
        lock (_letters)
        {
            _letters.Enqueue(letter);
            Monitor.PulseAll(_letters);
        }
    }

    public string Take()
    {
        lock (_letters)
        {
            if (_letters.Count == 0) Monitor.Wait(_letters);
            return _letters.Dequeue();
        }
    }
}
