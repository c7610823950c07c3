using System.ComponentModel;
using ConcurrencySpecs.Exploration.Scheduling;

namespace ConcurrencySpecs.Exploration.Twins;

/// <summary>Stands for the calls of <see cref="CancellationTokenSource"/>: deadlines on virtual time, callbacks in the logical thread that cancels.</summary>
[CallsOf(typeof(CancellationTokenSource)), EditorBrowsable(EditorBrowsableState.Never)]
[Passes("get_Token")]
public static class CancellationTokenSourceCalls
{
    public static CancellationTokenSource New() => new();
    public static CancellationTokenSource New(TimeSpan delay) => New(Timeouts.Milliseconds(delay));

    public static CancellationTokenSource New(int millisecondsDelay)
    {
        if (!Steps.Exploring) return new CancellationTokenSource(millisecondsDelay);
        var source = new CancellationTokenSource();
        CancelAfter(source, millisecondsDelay);
        return source;
    }

    public static CancellationTokenSource New(TimeSpan delay, TimeProvider timeProvider)
    {
        if (!Steps.Exploring || timeProvider is null) return new CancellationTokenSource(delay, timeProvider!);
        if (VirtualTimeProvider.Is(timeProvider)) return New(delay);
        var source = new CancellationTokenSource();
        ITimer timer = timeProvider.CreateTimer(_ => Cancel(source), null, delay, Timeout.InfiniteTimeSpan);
        source.Token.UnsafeRegister(static timer => ((ITimer)timer!).Dispose(), timer);
        return source;
    }

    public static bool get_IsCancellationRequested(CancellationTokenSource self)
    {
        if (Steps.Exploring) Steps.Look(SourceState.Of(self));
        return Steps.Told(self.IsCancellationRequested);
    }

    public static void Cancel(CancellationTokenSource self) => Cancel(self, false);

    public static void Cancel(CancellationTokenSource self, bool throwOnFirstException)
    {
        if (Steps.Exploring) Steps.Change(SourceState.Of(self), StepKind.Signal);
        self.Cancel(throwOnFirstException);
    }

    /// <summary>Returns once the token is cancelled; the callbacks run in a thread of their own.</summary>
    public static Task CancelAsync(CancellationTokenSource self)
    {
        if (!Steps.Exploring) return self.CancelAsync();
        Task cancelling = TaskCalls.Run(() => Cancel(self));
        Steps.Await(SourceState.Of(self), StepKind.Wait, Timeout.Infinite);
        return cancelling;
    }

    public static void CancelAfter(CancellationTokenSource self, TimeSpan delay) => CancelAfter(self, Timeouts.Milliseconds(delay));

    public static void CancelAfter(CancellationTokenSource self, int millisecondsDelay)
    {
        if (!Steps.Exploring)
        {
            self.CancelAfter(millisecondsDelay);
            return;
        }
        Timeouts.Check(millisecondsDelay);
        SourceState state = SourceState.Of(self);
        Steps.Change(state);
        _ = self.Token;                                         // throws if the source is disposed
        int deadline = ++state.Deadline;
        if (self.IsCancellationRequested || millisecondsDelay == Timeout.Infinite) return;
        Steps.Go(() =>
        {
            Execution.Current!.Sleep(millisecondsDelay);
            Steps.Change(state, StepKind.Signal);
            if (state.Deadline == deadline) self.Cancel();
        }, "CancelAfter");
    }

    public static bool TryReset(CancellationTokenSource self)
    {
        if (!Steps.Exploring) return self.TryReset();
        SourceState state = SourceState.Of(self);
        Steps.Change(state, StepKind.Reset);
        state.Deadline++;
        return self.TryReset();
    }

    public static void Dispose(CancellationTokenSource self)
    {
        if (Steps.Exploring)
        {
            SourceState state = SourceState.Of(self);
            state.Unlink();
            Steps.Change(state);
            state.Deadline++;
        }
        self.Dispose();
    }

    public static CancellationTokenSource CreateLinkedTokenSource(CancellationToken token) => Link([token]);
    public static CancellationTokenSource CreateLinkedTokenSource(CancellationToken token1, CancellationToken token2) => Link([token1, token2]);
    public static CancellationTokenSource CreateLinkedTokenSource(params CancellationToken[] tokens)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        return Link(tokens);
    }

    public static CancellationTokenSource CreateLinkedTokenSource(params ReadOnlySpan<CancellationToken> tokens) => Link(tokens);

    private static CancellationTokenSource Link(ReadOnlySpan<CancellationToken> tokens)
    {
        if (!Steps.Exploring) return CancellationTokenSource.CreateLinkedTokenSource(tokens);
        if (tokens.IsEmpty) throw new ArgumentException("No tokens were supplied.", nameof(tokens));
        var linked = new CancellationTokenSource();
        SourceState state = SourceState.Of(linked);
        foreach (CancellationToken token in tokens)
        {
            CancellationToken one = token;
            if (one.CanBeCanceled) state.LinkedBy(CancellationTokenCalls.UnsafeRegister(ref one, static linked => Cancel((CancellationTokenSource)linked!), linked));
        }
        return linked;
    }
}
