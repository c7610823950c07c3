using Microsoft.Win32.SafeHandles;

namespace ConcurrencySpecs.Native;

/// <summary>The open files that go along with an argument to a child process, each named in the argument by its place in this list.</summary>
/// <remarks>
/// A type that holds a descriptor has a JSON converter which asks <see cref="Current"/>: the parent adds while it writes, the child takes while it
/// reads. Outside of these two moments there is no list, and the converter refuses: a descriptor means nothing in a file or another machine.
/// </remarks>
internal sealed class HandedDescriptors
{
    [ThreadStatic] private static HandedDescriptors? _current;

    private readonly List<SafeFileHandle> _files = [];

    public static HandedDescriptors Current => _current
        ?? throw new NotSupportedException(
            "This object is tied to its machine and its processes: it can be an argument to a ChildProcess, and nothing else is written of it.");

    public IReadOnlyList<SafeFileHandle> Files => _files;

    /// <summary>Gives the file a place in the list; the list does not own it.</summary>
    public int Add(SafeFileHandle file)
    {
        _files.Add(file);
        return _files.Count - 1;
    }

    public SafeFileHandle At(int place) => _files[place];

    /// <summary>Runs <paramref name="work"/> with this list as the current one of the calling thread.</summary>
    public T During<T>(Func<T> work)
    {
        HandedDescriptors? before = _current;
        _current = this;
        try { return work(); }
        finally { _current = before; }
    }
}
