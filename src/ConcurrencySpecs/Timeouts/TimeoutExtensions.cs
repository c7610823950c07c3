namespace ConcurrencySpecs.Timeouts;

/// <summary><c>Timeout.Wrap(function, limit)</c>: the same function with a limit of time on every call.</summary>
public static class TimeoutExtensions
{
    extension(Timeout)
    {
        /// <summary>A function that runs another in a <see cref="Deadline"/> scope, which that finds as <see cref="Deadline.Current"/>.</summary>
        /// <remarks>Wrapped functions may call each other: each keeps its own limit, and the expiry of an outer one is never lost in an inner one.</remarks>
        /// <exception cref="ArgumentOutOfRangeException">The limit is negative and not <see cref="Timeout.InfiniteTimeSpan"/>.</exception>
        /// <exception cref="ArgumentException">The function returns a ValueTask.</exception>
        public static Func<T> Wrap<T>(Func<T> function, TimeSpan limit)
        {
            Deadline.ThrowIfTask<T>(function);
            DeadlineClock.After(0, limit);
            return () => Deadline.Run(limit, _ => function());
        }

        /// <summary>The same for a function that heeds a token, which is cancelled when the limit is over.</summary>
        /// <exception cref="ArgumentOutOfRangeException">The limit is negative and not <see cref="Timeout.InfiniteTimeSpan"/>.</exception>
        /// <exception cref="ArgumentException">The function returns a ValueTask.</exception>
        public static Func<T> Wrap<T>(Func<CancellationToken, T> function, TimeSpan limit)
        {
            Deadline.ThrowIfTask<T>(function);
            DeadlineClock.After(0, limit);
            return () => Deadline.Run(limit, scope => function(scope.Token));
        }

        /// <summary>The same for a function that takes an argument and heeds a token.</summary>
        /// <exception cref="ArgumentOutOfRangeException">The limit is negative and not <see cref="Timeout.InfiniteTimeSpan"/>.</exception>
        /// <exception cref="ArgumentException">The function returns a task.</exception>
        public static Func<TArgument, T> Wrap<TArgument, T>(Func<TArgument, CancellationToken, T> function, TimeSpan limit)
        {
            Deadline.ThrowIfTask<T>(function);
            DeadlineClock.After(0, limit);
            return argument => Deadline.Run(limit, scope => function(argument, scope.Token));
        }

        /// <summary>The same for a function that awaits and heeds a token.</summary>
        /// <exception cref="ArgumentOutOfRangeException">The limit is negative and not <see cref="Timeout.InfiniteTimeSpan"/>.</exception>
        public static Func<Task<T>> Wrap<T>(Func<CancellationToken, Task<T>> function, TimeSpan limit)
        {
            ArgumentNullException.ThrowIfNull(function);
            DeadlineClock.After(0, limit);
            return () => Deadline.RunAsync(limit, scope => function(scope.Token));
        }

        /// <summary>The same for a function that awaits, heeds a token and has no result.</summary>
        /// <exception cref="ArgumentOutOfRangeException">The limit is negative and not <see cref="Timeout.InfiniteTimeSpan"/>.</exception>
        public static Func<Task> Wrap(Func<CancellationToken, Task> function, TimeSpan limit)
        {
            ArgumentNullException.ThrowIfNull(function);
            DeadlineClock.After(0, limit);
            return () => Deadline.RunAsync(limit, scope => function(scope.Token));
        }

        /// <summary>The same for a function that awaits, and heeds what it finds as <see cref="Deadline.Current"/>.</summary>
        /// <exception cref="ArgumentOutOfRangeException">The limit is negative and not <see cref="Timeout.InfiniteTimeSpan"/>.</exception>
        public static Func<Task<T>> Wrap<T>(Func<Task<T>> function, TimeSpan limit)
        {
            ArgumentNullException.ThrowIfNull(function);
            DeadlineClock.After(0, limit);
            return () => Deadline.RunAsync(limit, _ => function());
        }

        /// <summary>The same for a function that awaits, heeds what it finds as <see cref="Deadline.Current"/>, and has no result.</summary>
        /// <exception cref="ArgumentOutOfRangeException">The limit is negative and not <see cref="Timeout.InfiniteTimeSpan"/>.</exception>
        public static Func<Task> Wrap(Func<Task> function, TimeSpan limit)
        {
            ArgumentNullException.ThrowIfNull(function);
            DeadlineClock.After(0, limit);
            return () => Deadline.RunAsync(limit, _ => function());
        }
    }
}
