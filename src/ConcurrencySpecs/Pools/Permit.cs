namespace ConcurrencySpecs.Pools;

/// <summary>The right to be one of those whom an <see cref="AsyncLimiter"/> lets in. Disposing it leaves; doing so again does nothing.</summary>
public readonly record struct Permit : IDisposable
{
    private readonly AsyncLimiter _limiter;
    private readonly AsyncLimiter.Seat _seat;
    private readonly long _guest;

    internal Permit(AsyncLimiter limiter, AsyncLimiter.Seat seat) => (_limiter, _seat, _guest) = (limiter, seat, seat.Guest);

    /// <summary>Leaves; whoever has waited longest gets in.</summary>
    public void Dispose() => _limiter?.Leave(_seat, _guest);
}
