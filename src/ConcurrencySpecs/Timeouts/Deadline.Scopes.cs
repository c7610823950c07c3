using ConcurrencySpecs.Waiting;

namespace ConcurrencySpecs.Timeouts;

/// <remarks/>
public sealed partial class Deadline
{
    private static readonly AsyncLocal<Deadline?> _current = new();

    /// <summary>The innermost scope that the calling code runs in; it flows like any AsyncLocal, also into tasks that are started inside.</summary>
    public static Deadline? Current => _current.Value;

    /// <summary>Runs work with a limit. Scopes nest: each keeps its own limit, and an inner one ends at the latest with the outer one.</summary>
    /// <returns>What the body returned, if that was in time.</returns>
    /// <remarks>The body is never stopped by force: it looks at the scope's token or calls <see cref="ThrowIfExpired"/>, or its calls do.</remarks>
    /// <exception cref="DeadlineExpiredException">
    /// The limit was over, whatever the body returned, threw or swallowed; of several scopes, the outermost that has expired.
    /// A limit of zero is over before the body is called. What the body threw is the inner exception.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">The limit is negative and not <see cref="Timeout.InfiniteTimeSpan"/>.</exception>
    /// <exception cref="ArgumentException">The body returns a task: it would be over before its work is. RunAsync takes it.</exception>
    public static T Run<T>(TimeSpan limit, Func<Deadline, T> body) => Run(limit, TimeProvider.System, body);

    /// <inheritdoc cref="Run{T}(TimeSpan,Func{Deadline,T})"/>
    /// <summary>The same on a clock of your own, which a test moves.</summary>
    public static T Run<T>(TimeSpan limit, TimeProvider clock, Func<Deadline, T> body)
    {
        ThrowIfTask<T>(body);
        using Deadline scope = Open(limit, clock);
        Deadline? outer = _current.Value;
        _current.Value = scope;
        try
        {
            T result = body(scope);
            scope.Conclude(failure: null);
            return result;
        }
        catch (Exception failure) when (!scope.IsConcluded(failure))
        {
            scope.Conclude(failure);
            throw;
        }
        finally
        {
            _current.Value = outer;
        }
    }

    /// <inheritdoc cref="Run{T}(TimeSpan,Func{Deadline,T})"/>
    /// <summary>The same for work that awaits.</summary>
    public static Task<T> RunAsync<T>(TimeSpan limit, Func<Deadline, Task<T>> body) => RunAsync(limit, TimeProvider.System, body);

    /// <inheritdoc cref="Run{T}(TimeSpan,Func{Deadline,T})"/>
    /// <summary>The same for work that awaits and has no result.</summary>
    public static Task RunAsync(TimeSpan limit, Func<Deadline, Task> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        return RunAsync(limit, async scope =>
        {
            await body(scope).ConfigureAwait(false);
            return true;
        });
    }

    /// <inheritdoc cref="Run{T}(TimeSpan,Func{Deadline,T})"/>
    /// <summary>The same for work that awaits, on a clock of your own.</summary>
    public static async Task<T> RunAsync<T>(TimeSpan limit, TimeProvider clock, Func<Deadline, Task<T>> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        using Deadline scope = Open(limit, clock);
        _current.Value = scope;         // an async method's changes end with it
        try
        {
            T result = await body(scope).ConfigureAwait(false);
            scope.Conclude(failure: null);
            return result;
        }
        catch (Exception failure) when (!scope.IsConcluded(failure))
        {
            scope.Conclude(failure);
            throw;
        }
    }

    /// <summary>Refuses a body that has returned long before its work is done, so that no limit would ever be over.</summary>
    internal static void ThrowIfTask<T>(Delegate body)
    {
        ArgumentNullException.ThrowIfNull(body);
        if (IsTask<T>.Value) throw new ArgumentException(
            $"The function returns a {typeof(T).Name} at once and works on, so its limit would end nothing. Await it inside: Deadline.RunAsync, "
            + "or Timeout.Wrap of a function that returns a Task (AsTask makes one of a ValueTask).", nameof(body));
    }

    private static Deadline Open(TimeSpan limit, TimeProvider clock)
    {
        Deadline? outer = _current.Value;
        while (outer is { Phase: Completed }) outer = outer.Outer;     // a task that was started inside may outlive the scope
        var scope = new Deadline(limit, DeadlineClock.Of(clock), outer);
        if (scope.OutermostExpired() is not { } expired) return scope;
        scope.Dispose();
        throw new DeadlineExpiredException(expired, inner: null);
    }

    private bool IsConcluded(Exception failure) => failure is DeadlineExpiredException expiry && expiry.Deadline == OutermostExpired();

    /// <summary>Ends the scope, and throws where an expiry has to be told.</summary>
    private void Conclude(Exception? failure)
    {
        TryComplete();
        if (OutermostExpired() is { } expired) throw new DeadlineExpiredException(expired, failure);
    }

    private static class IsTask<T>
    {
        public static readonly bool Value = Tasks.Include(typeof(T));
    }
}
