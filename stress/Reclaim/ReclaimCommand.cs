using System.CommandLine;
using ConcurrencySpecs.SharedMemory;

namespace ConcurrencySpecs.Stress.Reclaim;

/// <summary><c>reclaim</c>: removes the shared memory that dead processes left, and says what living ones use.</summary>
internal static class ReclaimCommand
{
    public static Command Build()
    {
        var reclaim = new Command("reclaim", "Removes shared memory whose users have all ended.");
        reclaim.SetAction(parsed =>
        {
            Show(SharedMemorySegment.Reclaim(), parsed.InvocationConfiguration.Output);
            return 0;
        });
        return reclaim;
    }

    internal static void Show(ReclaimedSegments found, TextWriter output)
    {
        foreach (string name in found.Removed) output.WriteLine($"removed  {name}: all its users have ended");
        foreach ((string name, IReadOnlyList<int> users) in found.InUse) output.WriteLine($"in use   {name}: by {UsersIn(users)}");
        foreach ((string name, string reason) in found.Refused) output.WriteLine($"refused  {name}: {reason}");
        output.WriteLine($"{found.Removed.Count} removed · {found.InUse.Count} in use · {found.Refused.Count} refused");
    }

    private static string UsersIn(IReadOnlyList<int> users) =>
        users.Count == 0 ? "a process that is just opening it" : $"process {string.Join(", ", users)}";
}
