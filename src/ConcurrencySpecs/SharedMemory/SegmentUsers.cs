using System.Runtime.CompilerServices;
using ConcurrencySpecs.Layout;
using ConcurrencySpecs.Native;

namespace ConcurrencySpecs.SharedMemory;

/// <summary>The table of those who use a segment: by process id and start time, so that a recycled id is nobody's; with a generation for each place.</summary>
/// <remarks>
/// It says who, for messages and for what is accounted per user. Whether anybody lives at all is known better by the kernel, which holds a lock on
/// the file for each of them: see <see cref="SharedMemorySegment"/>.
/// </remarks>
internal readonly unsafe struct SegmentUsers
{
    private const int GenerationBits = 16;

    private readonly nint _first;
    private readonly int _places;

    /// <param name="first">The first entry, in memory that stays where it is for as long as anybody has this table.</param>
    /// <param name="places">How many there are.</param>
    public SegmentUsers(ref SegmentUser first, int places)
    {
        // Safe because mapped memory keeps its addresses, and what is not mapped is pinned.
        _first = (nint)Unsafe.AsPointer(ref first);
        _places = places;
    }

    public int Places => _places;

    // I1  a place changes hands by one exchange of its first word, which raises the generation: who saw the old one cannot take the new one away
    // I2  StartTime belongs to the generation whose last bits it bears. Where that is another than the one beside it, that user has not come to write
    //     its own, and what is there, a dead's, says nothing of it
    /// <summary>Enters this process, in the place of nobody or of somebody dead.</summary>
    /// <returns>The entry's word, to sign out with.</returns>
    /// <exception cref="InvalidOperationException">All places are taken by the living.</exception>
    public (int Place, long Word) SignIn(string subject)
    {
        for (int place = 0; place < _places; place++)
        {
            ref SegmentUser user = ref At(place);
            long found = Volatile.Read(ref user.GenerationAndProcess);
            if (ProcessIn(found) != 0 && IsAlive(place, found)) continue;
            long mine = NextGeneration(found) | (uint)OwnProcess.Id;
            if (Interlocked.CompareExchange(ref user.GenerationAndProcess, mine, found) != found) continue;
            Volatile.Write(ref user.StartTime, OwnProcess.StartTime << GenerationBits | LastBits(mine));
            return (place, mine);
        }

        throw new InvalidOperationException($"{subject} is used by {_places} processes, as many as it has places for. Close it in one of them.");
    }

    public void SignOut(int place, long word)
    {
        Interlocked.CompareExchange(ref At(place).GenerationAndProcess, NextGeneration(word), word);
    }

    /// <summary>The ids of the processes that use the segment now.</summary>
    public IReadOnlyList<int> Living()
    {
        var living = new SortedSet<int>();
        for (int place = 0; place < _places; place++)
        {
            long found = Volatile.Read(ref At(place).GenerationAndProcess);
            if (ProcessIn(found) != 0 && IsAlive(place, found)) living.Add(ProcessIn(found));
        }

        return [.. living];
    }

    /// <summary>Whether somebody living has that place.</summary>
    public bool IsTaken(int place)
    {
        long found = Volatile.Read(ref At(place).GenerationAndProcess);
        return ProcessIn(found) != 0 && IsAlive(place, found);
    }

    /// <summary>Whether the user at that place has come to say when it was started.</summary>
    public bool IsKnown(int place) => IsOf(Volatile.Read(ref At(place).GenerationAndProcess), Volatile.Read(ref At(place).StartTime));

    private bool IsAlive(int place, long word)
    {
        long started = Volatile.Read(ref At(place).StartTime);
        long now = ProcFiles.StartTimeOf(ProcessIn(word));
        return now != 0 && (!IsOf(word, started) || started >> GenerationBits == now);      // who signs in right now is given the benefit of the doubt
    }

    // Safe because places are counted from zero by ourselves.
    private ref SegmentUser At(int place) => ref Unsafe.Add(ref Unsafe.AsRef<SegmentUser>((void*)_first), place);

    private static bool IsOf(long word, long started) => started != 0 && (started & ((1 << GenerationBits) - 1)) == LastBits(word);

    private static long LastBits(long word) => (word >>> 32) & ((1 << GenerationBits) - 1);

    private static int ProcessIn(long word) => (int)word;

    private static long NextGeneration(long word) => ((word >>> 32) + 1) << 32;
}
