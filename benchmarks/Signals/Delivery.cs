using System.Diagnostics;
using System.Runtime.InteropServices;
using ConcurrencySpecs.Benchmarks.Measuring;
using ConcurrencySpecs.Benchmarks.Timeouts;
using ConcurrencySpecs.Signals;
using Mono.Unix;
using Mono.Unix.Native;

namespace ConcurrencySpecs.Benchmarks.Signals;

/// <summary>How long does it take from sending a signal to this process until its handler runs? Each candidate has a signal of its own.</summary>
internal sealed class Delivery : IDisposable
{
    private const int SignalOfThePlatform = 29;     // SIGIO
    private readonly ManualResetEventSlim _come = new();
    private readonly IDisposable _ours;
    private readonly PosixSignalRegistration _platform;
    private readonly UnixSignal _mono = new(Signum.SIGUSR2);
    private long _at;
    private bool _stop;

    public Delivery()
    {
        _ours = ConcurrencySpecs.Signals.Signals.On(Signal.Usr1, _ => Come());
        _platform = PosixSignalRegistration.Create((PosixSignal)SignalOfThePlatform, context => { context.Cancel = true; Come(); });
        new Thread(Wait) { IsBackground = true }.Start();
    }

    public IEnumerable<Figure> Figures =>
    [
        new(TimeoutFigures.Send, "Signals", "µs", () => Send(Signal.Usr1)),
        new(TimeoutFigures.Send, "UnixSignal", "µs", () => Send(Signal.Usr2)),
        new(TimeoutFigures.Send, "PosixSignalRegistration", "µs", () => Send(new(SignalOfThePlatform))),
    ];

    public void Dispose()
    {
        Volatile.Write(ref _stop, true);
        Send(Signal.Usr2);
        _ours.Dispose();
        _platform.Dispose();
        _mono.Dispose();
        _come.Dispose();
    }

    private double Send(Signal signal)
    {
        long start = Stopwatch.GetTimestamp();
        ConcurrencySpecs.Signals.Signals.Send(Environment.ProcessId, signal);
        _come.Wait();
        _come.Reset();
        return Stopwatch.GetElapsedTime(start, _at).TotalMicroseconds;
    }

    private void Wait()
    {
        while (!Volatile.Read(ref _stop))
        {
            _mono.WaitOne();
            _mono.Reset();
            Come();
        }
    }

    private void Come()
    {
        _at = Stopwatch.GetTimestamp();
        _come.Set();
    }
}
