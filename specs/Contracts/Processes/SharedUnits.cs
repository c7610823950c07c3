using ConcurrencySpecs.Layout;
using ConcurrencySpecs.Native;
using ConcurrencySpecs.SharedMemory;
using ConcurrencySpecs.Waiting;

namespace ConcurrencySpecs.Contracts.Processes;

/// <summary>The protocol of a semaphore between processes, on words of this process, with threads in the place of processes.</summary>
public class SharedUnits
{
    private readonly SemaphoreTerms[] _terms = GC.AllocateArray<SemaphoreTerms>(1, pinned: true);
    private readonly SegmentUser[] _users;
    private readonly int[] _holdings;

    /// <param name="initial">How many units are free at first.</param>
    /// <param name="maximum">How many can be free at most.</param>
    /// <param name="users">How many processes may use it at once.</param>
    public SharedUnits(int initial, int maximum, int users = 3)
    {
        _terms[0] = SemaphoreTerms.Of(initial, maximum);
        _users = GC.AllocateArray<SegmentUser>(users, pinned: true);
        _holdings = GC.AllocateArray<int>(users, pinned: true);
    }

    public int Recovered => Volatile.Read(ref Terms.Recovered);

    internal ref SemaphoreTerms Terms => ref _terms[0];

    internal Span<int> Holdings => _holdings;

    internal SegmentUsers Users => new(ref _users[0], _users.Length);

    internal SharedSemaphore Protocol => new(ref Terms, _holdings, Users, null);

    public int CountFree() => Protocol.CountFree();

    /// <summary>The calling thread becomes a process that has the semaphore open.</summary>
    /// <returns>Its place.</returns>
    public int Open()
    {
        int place = Users.SignIn("a semaphore").Place;
        Open(place);
        return place;
    }

    public virtual bool Take(int place, TimeSpan timeout, CancellationToken cancel = default) => Protocol.Take(place, Patience.Of(timeout, cancel));

    /// <returns>False when more would be free than there may be.</returns>
    public virtual bool GiveBack(int place, int count) => Protocol.GiveBack(place, count);

    protected virtual void Open(int place) => Protocol.Open(place);
}

/// <summary>A semaphore with two processes, both alive, whose threads make the calls.</summary>
public sealed class UnitsOfTwo
{
    private const int Processes = 2;

    private readonly SharedUnits _units;

    public UnitsOfTwo(SharedUnits units)
    {
        ArgumentNullException.ThrowIfNull(units);
        _units = units;
        for (int i = 0; i < Processes; i++) units.Open();
    }

    public int CurrentCount => _units.CountFree();

    private static int Mine => RobustList.Thread % Processes;

    public bool Take(TimeSpan timeout, CancellationToken cancel = default) => _units.Take(Mine, timeout, cancel);

    public bool GiveBack(int count) => _units.GiveBack(Mine, count);

    /// <summary>False when the time was up, or a token that another thread cancels at any moment of the call has ended it.</summary>
    public bool TakeCutShort(TimeSpan timeout)
    {
        using var source = new CancellationTokenSource();
        var cancelling = new Thread(source.Cancel);
        cancelling.Start();
        try
        {
            return Take(timeout, source.Token);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
        finally
        {
            cancelling.Join();
        }
    }
}
