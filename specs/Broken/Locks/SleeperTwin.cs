using ConcurrencySpecs.Testing;

namespace ConcurrencySpecs.Broken.Locks;

/// <summary>A door that opens once; who comes before waits.</summary>
public interface IDoor
{
    void Open();

    void Pass(CancellationToken cancel);
}

/// <summary>What a door owes: nobody stands before an open one.</summary>
public abstract class DoorContract : ConcurrentSpec<IDoor, bool>
{
    protected override bool InitialState => false;

    protected override IEnumerable<Operation<IDoor, bool>> Operations =>
        [Operation("Open", Open, _ => (true, true)), Operation("Pass", Pass, open => open ? (true, true) : Step.Waits)];

    private static bool Open(IDoor door)
    {
        door.Open();
        return true;
    }

    private static bool Pass(IDoor door, CancellationToken cancel)
    {
        door.Pass(cancel);
        return true;
    }
}

[Broken("looks at the door before it takes the lock: it may open between the look and the sleep", "Interleavings")]
public sealed class DoorCheckedOutsideTheLock : DoorContract
{
    protected override IDoor NewSubject() => new Twin();

    private sealed class Twin : IDoor
    {
        private readonly object _gate = new();
        private bool _open;

        public void Open()
        {
            Volatile.Write(ref _open, true);
            lock (_gate) Monitor.PulseAll(_gate);
        }

        public void Pass(CancellationToken cancel)
        {
            if (Volatile.Read(ref _open)) return;
            using CancellationTokenRegistration wake = cancel.Register(Wake);
            lock (_gate)
            {
                Monitor.Wait(_gate);
                cancel.ThrowIfCancellationRequested();
            }
        }

        private void Wake()
        {
            lock (_gate) Monitor.PulseAll(_gate);
        }
    }
}

[Broken("wakes one of those who wait at the door", "Threads", "Interleavings")]
public sealed class DoorThatWakesOne : DoorContract
{
    protected override IDoor NewSubject() => new Twin();

    private sealed class Twin : IDoor
    {
        private readonly object _gate = new();
        private bool _open;

        public void Open()
        {
            lock (_gate)
            {
                _open = true;
                Monitor.Pulse(_gate);
            }
        }

        public void Pass(CancellationToken cancel)
        {
            using CancellationTokenRegistration wake = cancel.Register(Wake);
            lock (_gate)
            {
                while (!_open)
                {
                    cancel.ThrowIfCancellationRequested();
                    Monitor.Wait(_gate);
                }
            }
        }

        private void Wake()
        {
            lock (_gate) Monitor.PulseAll(_gate);
        }
    }
}
