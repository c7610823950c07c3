using System.ComponentModel;

namespace ConcurrencySpecs.Exploration.Twins;

/// <summary>Stands for the calls of <see cref="CancellationToken"/>; the type itself stays, so that every API that takes one still does.</summary>
[CallsOf(typeof(CancellationToken)), EditorBrowsable(EditorBrowsableState.Never)]
[Passes("get_None", "get_CanBeCanceled", "Equals", "GetHashCode", "op_Equality", "op_Inequality", ".ctor")]
public static class CancellationTokenCalls
{
    public static bool get_IsCancellationRequested(ref CancellationToken self)
    {
        TaskStarts.Look(self);
        return self.CanBeCanceled ? Steps.Told(self.IsCancellationRequested) : self.IsCancellationRequested;    // what is no step tells nothing of one
    }

    public static void ThrowIfCancellationRequested(ref CancellationToken self)
    {
        TaskStarts.Look(self);
        self.ThrowIfCancellationRequested();
    }

    public static WaitHandle get_WaitHandle(ref CancellationToken self)
    {
        if (!self.CanBeCanceled) return new ManualResetEvent(false);
        CancellationToken token = self;
        Func<WaitHandle> make = () =>
        {
            var handle = new ManualResetEvent(token.IsCancellationRequested);
            token.UnsafeRegister(static handle => ((ManualResetEvent)handle!).Set(), handle);
            return handle;
        };
        if (!Steps.Exploring) return make();
        SourceState source = SourceState.Of(token);
        Steps.Change(source);
        return source.Handle ??= make();
    }

    public static CancellationTokenRegistration Register(ref CancellationToken self, Action callback) => Register(ref self, callback, false);

    public static CancellationTokenRegistration Register(ref CancellationToken self, Action callback, bool useSynchronizationContext) =>
        callback is null || !Controlled(self)
            ? self.Register(callback!, useSynchronizationContext)
            : Register(self, callback, Safely(self, useSynchronizationContext));

    public static CancellationTokenRegistration Register(ref CancellationToken self, Action<object?> callback, object? state) =>
        Register(ref self, callback, state, false);

    public static CancellationTokenRegistration Register(ref CancellationToken self, Action<object?> callback, object? state, bool useSynchronizationContext) =>
        callback is null || !Controlled(self)
            ? self.Register(callback!, state, useSynchronizationContext)
            : Register(self, () => callback(state), Safely(self, useSynchronizationContext));

    public static CancellationTokenRegistration Register(ref CancellationToken self, Action<object?, CancellationToken> callback, object? state)
    {
        CancellationToken token = self;
        return callback is null || !Controlled(token)
            ? token.Register(callback!, state)
            : Register(token, () => callback(state, token), Safely(token, false));
    }

    public static CancellationTokenRegistration UnsafeRegister(ref CancellationToken self, Action<object?> callback, object? state) =>
        callback is null || !Controlled(self)
            ? self.UnsafeRegister(callback!, state)
            : Register(self, () => callback(state), Unsafely(self));

    public static CancellationTokenRegistration UnsafeRegister(ref CancellationToken self, Action<object?, CancellationToken> callback, object? state)
    {
        CancellationToken token = self;
        return callback is null || !Controlled(token)
            ? token.UnsafeRegister(callback!, state)
            : Register(token, () => callback(state, token), Unsafely(token));
    }

    private static bool Controlled(CancellationToken token) => Steps.Exploring && token.CanBeCanceled;

    private static Func<Action, CancellationTokenRegistration> Safely(CancellationToken token, bool useSynchronizationContext) =>
        run => token.Register(run, useSynchronizationContext);

    private static Func<Action, CancellationTokenRegistration> Unsafely(CancellationToken token) =>
        run => token.UnsafeRegister(static run => ((Action)run!)(), run);

    // Callbacks run in the thread that cancels, last registered first: the runtime sees to that.
    private static CancellationTokenRegistration Register(
        CancellationToken token, Action body, Func<Action, CancellationTokenRegistration> register)
    {
        SourceState source = SourceState.Of(token);
        Steps.Change(source);
        var callback = new SourceState.Callback(body);
        CancellationTokenRegistration registration = register(callback.Call);
        source.Remember(registration, callback);
        return registration;
    }
}
