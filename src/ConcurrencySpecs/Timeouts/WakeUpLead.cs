namespace ConcurrencySpecs.Timeouts;

/// <summary>How much before a deadline a thread asks to be woken, because wake-ups come late: about as much as they usually do.</summary>
/// <remarks>
/// Who is woken before the moment looks at the clock until it has come. That costs a core, so it lasts <see cref="Most"/> at the longest and takes
/// no more than a twentieth of the time; what is not used is kept for a few deadlines in a row. All times are nanoseconds of one clock.
/// </remarks>
internal sealed class WakeUpLead
{
    public const long Most = 200_000;
    private const long Share = 20, MostCredit = 10 * Most, Absurd = 10 * Most;
    private const int Up = 4, Down = 16;        // so that about four wake-ups of five come before the moment

    private readonly Lock _gate = new();
    private long _usual;
    private long _credit = MostCredit;
    private long _since;
    private long _ahead;

    /// <summary>How much earlier than wanted to ask for the next wake-up.</summary>
    public long Ahead => Volatile.Read(ref _ahead);

    /// <summary>A wake-up came at <paramref name="now"/>, so much later than asked for. A delay that says nothing of the usual one is left out.</summary>
    public void Woke(long now, long late)
    {
        lock (_gate)
        {
            _credit = Math.Min(MostCredit, _credit + ((now - _since) / Share));
            _since = now;
            if (late is >= 0 and < Absurd) _usual += (late - _usual) / (late > _usual ? Up : Down);
            Decide();
        }
    }

    /// <summary>So long somebody looked at the clock until a moment came.</summary>
    public void Spent(long time)
    {
        lock (_gate)
        {
            _credit -= time;
            Decide();
        }
    }

    private void Decide() => Volatile.Write(ref _ahead, _credit < Most ? 0 : Math.Min(_usual, Most));
}
