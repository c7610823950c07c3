using ConcurrencySpecs.SharedMemory;

namespace ConcurrencySpecs.Contracts.SharedMemory;

/// <summary>A name for a segment, an owner who gives and takes it, and attachers who come and go.</summary>
public class SegmentName : IDisposable
{
    private static int _count;

    private readonly Lock _gate = new();
    private readonly Stack<SharedMemorySegment> _attached = [];
    private SharedMemorySegment? _owned;

    protected string Name { get; } = $"contract-{Environment.ProcessId}-{Interlocked.Increment(ref _count)}";

    public bool IsNamed
    {
        get { lock (_gate) return File.Exists(SegmentNames.PathOf(Name)); }
    }

    /// <returns>False when the owner has it already.</returns>
    public bool Create()
    {
        lock (_gate)
        {
            if (_owned is not null) return false;
            _owned = SharedMemorySegment.Create(Name, 1);
            return true;
        }
    }

    /// <summary>Takes the name away, and lets go.</summary>
    public bool Unlink()
    {
        lock (_gate)
        {
            if (_owned is null) return false;
            _owned.Unlink();
            _owned.Dispose();
            _owned = null;
            return true;
        }
    }

    /// <returns>False when there is none.</returns>
    public bool Attach()
    {
        lock (_gate)
        {
            if (_owned is null) return false;
            _attached.Push(SharedMemorySegment.Open(Name));
            return true;
        }
    }

    /// <returns>False when nobody is attached.</returns>
    public bool Detach()
    {
        lock (_gate)
        {
            if (!_attached.TryPop(out SharedMemorySegment? attached)) return false;
            Detach(attached);
            return true;
        }
    }

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Detach(SharedMemorySegment attached)
    {
        ArgumentNullException.ThrowIfNull(attached);
        attached.Dispose();
    }

    protected virtual void Dispose(bool disposing)
    {
        while (_attached.TryPop(out SharedMemorySegment? attached)) attached.Dispose();
        _owned?.Dispose();
        File.Delete(SegmentNames.PathOf(Name));
    }
}
