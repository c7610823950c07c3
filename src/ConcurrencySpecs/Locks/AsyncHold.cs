namespace ConcurrencySpecs.Locks;

/// <summary>One holder's place in an <see cref="AsyncReaderWriterLock"/>, kept for the next holder: its number says whose it is now.</summary>
internal sealed class AsyncHold(AsyncReaderWriterLock of)
{
    private long _number;

    /// <summary>Counted up when a hold ends, so that scopes of that hold find another number for ever after.</summary>
    public long Number => Volatile.Read(ref _number);

    /// <summary>Under the gate of the lock: the next spare one.</summary>
    public AsyncHold? Next { get; set; }

    /// <summary>Under the gate of the lock: ends the hold of that number, unless it has ended before.</summary>
    public bool TryEnd(long number)
    {
        if (_number != number) return false;
        Volatile.Write(ref _number, number + 1);
        return true;
    }

    public void End(long number) => of.Exit(this, number);
}
