using System.ComponentModel;
using Real = System.Diagnostics.Stopwatch;

namespace ConcurrencySpecs.Exploration.Twins;

/// <summary>Stands for <see cref="System.Diagnostics.Stopwatch"/>: measures virtual time inside an exploration.</summary>
[TwinOf(typeof(Real)), EditorBrowsable(EditorBrowsableState.Never)]
public class Stopwatch
{
    public static readonly long Frequency = Real.Frequency;
    public static readonly bool IsHighResolution = Real.IsHighResolution;

    private long _elapsed;
    private long _started;

    public bool IsRunning { get; private set; }
    public long ElapsedTicks => IsRunning ? _elapsed + GetTimestamp() - _started : _elapsed;
    public long ElapsedMilliseconds => (long)Elapsed.TotalMilliseconds;
    public TimeSpan Elapsed => GetElapsedTime(0, ElapsedTicks);

    public static Stopwatch StartNew()
    {
        var watch = new Stopwatch();
        watch.Start();
        return watch;
    }

    public static long GetTimestamp() => Steps.Exploring ? VirtualTimeProvider.Read() * (Frequency / 1000) : Real.GetTimestamp();
    public static TimeSpan GetElapsedTime(long startingTimestamp) => GetElapsedTime(startingTimestamp, GetTimestamp());
    public static TimeSpan GetElapsedTime(long startingTimestamp, long endingTimestamp) => Real.GetElapsedTime(startingTimestamp, endingTimestamp);

    public void Start()
    {
        if (IsRunning) return;
        _started = GetTimestamp();
        IsRunning = true;
    }

    public void Stop()
    {
        _elapsed = ElapsedTicks;
        IsRunning = false;
    }

    public void Reset() => (_elapsed, _started, IsRunning) = (0, 0, false);

    public void Restart()
    {
        Reset();
        Start();
    }

    public override string ToString() => Elapsed.ToString();
}
