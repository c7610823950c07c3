namespace ConcurrencySpecs.SharedMemory;

/// <summary>What came of looking for segments that nobody uses.</summary>
/// <param name="Removed">The names whose users have all ended; they are gone.</param>
/// <param name="InUse">The names that somebody uses, each with the process ids.</param>
/// <param name="Refused">The names that could not be judged, each with the reason: another user's, or no segments of ours.</param>
public sealed record ReclaimedSegments(
    IReadOnlyList<string> Removed, IReadOnlyDictionary<string, IReadOnlyList<int>> InUse, IReadOnlyDictionary<string, string> Refused);
