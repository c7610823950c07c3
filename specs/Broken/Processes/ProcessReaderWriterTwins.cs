using ConcurrencySpecs.Contracts.Locks;
using ConcurrencySpecs.Contracts.Processes;
using ConcurrencySpecs.Native;
using ConcurrencySpecs.SharedMemory;
using ConcurrencySpecs.Waiting;

namespace ConcurrencySpecs.Broken.Processes;

[Broken("counts its readers: one that is killed is never counted out, and no writer enters again", "Interleavings")]
public sealed class ReadersAreCounted : ProcessReaderWriterLockDeathContract
{
    public override string Name => nameof(ReadersAreCounted);

    public override int LeastSteps => 3;

    public override int MostSteps => 14;

    protected override Estate NewSubject() => new EstateOfReaders(() => new Twin());

    private sealed class Twin : SharedReaders
    {
        private readonly int[] _inside = GC.AllocateArray<int>(1, pinned: true);

        public override IDisposable? Read(TimeSpan timeout)
        {
            RobustMutex.Enter(null, ref Writer, Patience.Endless());
            Interlocked.Increment(ref _inside[0]);
            RobustMutex.Exit(ref Writer);
            return new Leaving(this);
        }

        public override IDisposable? Write(TimeSpan timeout)
        {
            while (true)
            {
                IDisposable? held = base.Write(timeout);
                int inside = Volatile.Read(ref _inside[0]);
                if (inside == 0) return held;
                held!.Dispose();
                SharedFutex.Wait(ref _inside[0], inside, Timeout.InfiniteTimeSpan);
            }
        }

        private sealed class Leaving(Twin of) : IDisposable
        {
            public void Dispose()
            {
                Interlocked.Decrement(ref of._inside[0]);
                SharedFutex.Wake(ref of._inside[0], int.MaxValue);
            }
        }
    }
}

[Broken("says nothing in the lock before it writes: what a dead writer left half changed is taken for whole", "Interleavings")]
public sealed class WriterDiesInSilence : ProcessReaderWriterLockDeathContract
{
    public override string Name => nameof(WriterDiesInSilence);

    public override int LeastSteps => 18;

    public override int MostSteps => 30;

    protected override Estate NewSubject() => new EstateOfReaders(() => new Twin());

    private sealed class Twin : SharedReaders
    {
        public override IDisposable? Write(TimeSpan timeout)
        {
            IDisposable? held = base.Write(timeout);
            Terms.Writing = 0;
            return held;
        }
    }
}

[Broken("looks for a writer before it takes its place as a reader, and not afterwards", "Interleavings")]
public sealed class ReaderLooksBeforeItIsSeen : ReaderWriterContract
{
    protected override IReadersAndWriters NewLock() => new Twin();

    private sealed class Twin : SharedReaders
    {
        public override IDisposable? Read(TimeSpan timeout)
        {
            if (!RobustMutex.IsFree(ref Writer)) return base.Read(timeout);
            for (int place = 0; place < Readers.Length; place++)
            {
                int mine = place;
                if (Terms.PlacesUsed <= place) Terms.PlacesUsed = place + 1;
                if (RobustMutex.TryEnter(ref Readers[place])) return new Leaving(this, mine);
            }

            return base.Read(timeout);
        }

        private sealed class Leaving(Twin of, int place) : IDisposable
        {
            public void Dispose() => of.Protocol.ExitRead(place);
        }
    }
}
