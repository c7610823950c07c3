using ConcurrencySpecs.Native;
using ConcurrencySpecs.Signals;

namespace ConcurrencySpecs.Timeouts;

/// <remarks/>
public sealed partial class Deadline
{
    /// <summary>Makes a blocking system call on the calling thread, and wakes it when this or an outer scope expires.</summary>
    /// <param name="call">One system call that returns when a signal comes (EINTR): read, poll, accept, flock … by your own P/Invoke.
    /// The waits of .NET itself (Thread.Sleep, Monitor, FileStream, sockets) do not notice signals; use their tokens.</param>
    /// <returns>What the call returned.</returns>
    /// <remarks>The signal is sent again until the call has returned, so that none is lost between the look at the clock and the system call.</remarks>
    /// <exception cref="DeadlineExpiredException">The time was over; what the call returned, if anything, is dropped.</exception>
    /// <exception cref="PlatformNotSupportedException">This is not Linux on x64.</exception>
    public T Blocking<T>(Func<T> call)
    {
        ArgumentNullException.ThrowIfNull(call);
        ThrowIfExpired();
        ThreadInterruption.Prepare();
        var waker = new Waker(_clock, SignalCalls.CurrentThread());
        if (Remaining is { } left && left != Timeout.InfiniteTimeSpan) _clock.Arm(waker, DeadlineClock.After(_clock.Now, left));
        T result;
        try
        {
            result = call();
        }
        finally
        {
            waker.Leave();
        }

        if (Remaining == TimeSpan.Zero) ExpireAll();
        ThrowIfExpired();
        return result;
    }

    private void ExpireAll()
    {
        Fire();
        Outer?.ExpireAll();
    }

    /// <summary>Signals a thread from a moment on, until it has left its call.</summary>
    private sealed class Waker(DeadlineClock clock, int thread) : DeadlineEntry
    {
        // I1  a signal is sent under _gate and before the thread has left: it never meets what the thread does afterwards
        private const long NanosecondsBetweenSignals = 1_000_000;
        private readonly Lock _gate = new();
        private bool _left;

        public override void Come()
        {
            lock (_gate)
            {
                if (_left) return;
                ThreadInterruption.Interrupt(thread);
                clock.Arm(this, clock.Now + NanosecondsBetweenSignals);
            }
        }

        public void Leave()
        {
            lock (_gate) _left = true;
            clock.Disarm(this);
        }
    }
}
