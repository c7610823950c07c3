using System.Threading.Channels;

namespace ConcurrencySpecs.Signals;

/// <summary>Signals as a stream: <c>await foreach (SignalInfo signal in Signals.Stream(Signal.Hup, Signal.Term))</c>.</summary>
/// <remarks>
/// <para>Progress — the signals' thread only adds to an unbounded channel; a slow reader delays nobody.</para>
/// <para>Ordering — signals come in the order of their arrival, each once.</para>
/// <para>Cost — one registration per signal, one item in a channel for each that arrives.</para>
/// <para>Failure — signals that arrived before the end of the stream and were not read are dropped with it.</para>
/// <para>Source — sigwaitinfo(2) gave the idea; that needs signals to be blocked in every thread, which a .NET process cannot do.</para>
/// </remarks>
public sealed class SignalStream : IAsyncEnumerable<SignalInfo>, IDisposable
{
    private readonly Channel<SignalInfo> _arrived = Channel.CreateUnbounded<SignalInfo>(new() { SingleWriter = true });
    private readonly List<SignalRegistration> _registrations = [];      // complete once the stream is made

    internal SignalStream(SignalHub hub, Signal[] signals)
    {
        ArgumentOutOfRangeException.ThrowIfZero(signals.Length, nameof(signals));
        try
        {
            foreach (Signal signal in signals) _registrations.Add(hub.Register(signal, Disposition.Handle, Add));
        }
        catch (Exception)
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Reads the stream; when the enumeration ends, by leaving the loop or by cancellation, the stream is disposed.</summary>
    /// <exception cref="OperationCanceledException">From reading, when <paramref name="cancellationToken"/> is cancelled.</exception>
    public async IAsyncEnumerator<SignalInfo> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        using SignalStream ending = this;
        await foreach (SignalInfo signal in _arrived.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false)) yield return signal;
    }

    /// <summary>Ends the stream; the signals do again what they did before it.</summary>
    /// <exception cref="InvalidOperationException">One of them has a newer registration. Dispose that first, and then the stream again.</exception>
    public void Dispose()
    {
        for (int newest = _registrations.Count - 1; newest >= 0; newest--) _registrations[newest].Dispose();     // those that are gone stay so
        _arrived.Writer.TryComplete();
    }

    private void Add(SignalInfo signal) => _arrived.Writer.TryWrite(signal);
}
