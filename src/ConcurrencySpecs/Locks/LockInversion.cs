namespace ConcurrencySpecs.Locks;

/// <summary>Two orders in which locks were entered that can end in a deadlock, whether or not they met this time.</summary>
/// <param name="Circle">The names of the locks, each entered while the one before it was held; the last is the first again.</param>
/// <param name="Here">Where the circle was closed: the stack of the thread that enters now.</param>
/// <param name="Before">Where the opposite order was first seen.</param>
public sealed record LockInversion(IReadOnlyList<string> Circle, string Here, string Before)
{
    /// <summary>The circle and both places, for a log.</summary>
    public override string ToString() =>
        $"Locks are entered in a circle: {string.Join(" → ", Circle)}. Two threads that do so at once can wait for each other for ever: "
        + $"enter them in one order everywhere.\nhere:\n{Here}\nbefore:\n{Before}";
}
