/// <summary>The explorer's virtual time as a provider of its own, so that deadlines use its timers and not the system's timerfd.</summary>
/// <remarks>It moves by being read, so that a limit of some milliseconds may be over at once: where a spec says who comes when, it moves
/// a clock itself.</remarks>
internal sealed class VirtualClock : TimeProvider
{
    public override long TimestampFrequency => System.TimestampFrequency;

    public override long GetTimestamp() => System.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        System.CreateTimer(callback, state, dueTime, period);
}
