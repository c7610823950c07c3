using ConcurrencySpecs.Layout;
using ConcurrencySpecs.SharedMemory;

namespace ConcurrencySpecs.Contracts.SharedMemory;

/// <summary>The table of those who use a segment, on words of this process, with threads in the place of processes.</summary>
public class SharedUsers(int places = 4)
{
    private readonly SegmentUser[] _entries = GC.AllocateArray<SegmentUser>(places, pinned: true);

    internal SegmentUsers Table => new(ref _entries[0], _entries.Length);

    internal Span<SegmentUser> Entries => _entries;

    public int Places => _entries.Length;

    public virtual (int Place, long Word) SignIn() => Table.SignIn("a spec");

    /// <summary>Whether somebody living has that place, or is about to say that it has.</summary>
    public virtual bool IsTaken(int place) => Table.IsTaken(place);

    public virtual void SignOut(int place, long word) => Table.SignOut(place, word);
}
