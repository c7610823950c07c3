using ConcurrencySpecs.Benchmarks.Measuring;
using ConcurrencySpecs.Locks;

namespace ConcurrencySpecs.Benchmarks.Locks;

/// <summary>One kind of lock under one load.</summary>
/// <param name="Load">What is asked of it; figures are compared within a load.</param>
/// <param name="Name">The type and how it is used.</param>
/// <param name="Run">Contests for so long on a new lock.</param>
internal sealed record LockCandidate(string Load, string Name, Func<TimeSpan, Contested> Run)
{
    public const string Monitor = "lock (object)";
    public const string PlatformLock = "lock (Lock)";
    public const string Futex = "FutexLock";
    public const string Ticket = "TicketLock";
    public const string Mcs = "McsLock";
    public const string Slim = "SemaphoreSlim(1), WaitAsync/Release";
    public const string Async = "AsyncLock";
    public const string AsyncRead = "AsyncReaderWriterLock, read";
    public const string AsyncWrite = "AsyncReaderWriterLock, write";
    public const string ReaderWriterSlim = "ReaderWriterLockSlim, read";
    public const string PhaseFair = "PhaseFairReaderWriterLock, read";
    public const string Seq = "SeqLock, read of 32 bytes";
    public const string MonitorRead = "lock (object), read of 32 bytes";

    /// <summary>Every candidate, the platform's first within a load.</summary>
    public static IReadOnlyList<LockCandidate> All { get; } =
        [.. Uncontended(), .. Contended(2), .. Contended(4), .. Tasks(1), .. Tasks(2), .. Tasks(4), .. Reads(1), .. Reads(2), .. Reads(4)];

    public static string Alone => "one thread, empty section";

    public static string Among(int threads) => $"{threads} threads, section of about 20 ns";

    public static string AmongTasks(int tasks) => tasks == 1 ? "one task, empty section" : $"{tasks} tasks, section of about 20 ns";

    public static string AmongReaders(int threads) => threads == 1 ? "one reader" : $"{threads} readers";

    private static IEnumerable<LockCandidate> Uncontended()
    {
        yield return new(Alone, Monitor, time => Threads(1, time, null, new MonitorTurn(new object(), null)));
        yield return new(Alone, PlatformLock, time => Threads(1, time, null, new LockTurn(new Lock(), null)));
        yield return new(Alone, Futex, time => Threads(1, time, null, new FutexLockTurn(new FutexLock(), null)));
        yield return new(Alone, Ticket, time => Threads(1, time, null, new TicketLockTurn(new TicketLock(), null)));
        yield return new(Alone, Mcs, time => Threads(1, time, null, new McsLockTurn(new McsLock(), null)));
    }

    private static IEnumerable<LockCandidate> Contended(int threads)
    {
        yield return new(Among(threads), Monitor, time => In(section => Threads(threads, time, section, new MonitorTurn(new object(), section))));
        yield return new(Among(threads), PlatformLock, time => In(section => Threads(threads, time, section, new LockTurn(new Lock(), section))));
        yield return new(Among(threads), Futex, time => In(section => Threads(threads, time, section, new FutexLockTurn(new FutexLock(), section))));
        yield return new(Among(threads), Ticket, time => In(section => Threads(threads, time, section, new TicketLockTurn(new TicketLock(), section))));
        yield return new(Among(threads), Mcs, time => In(section => Threads(threads, time, section, new McsLockTurn(new McsLock(), section))));
    }

    private static IEnumerable<LockCandidate> Tasks(int tasks)
    {
        yield return new(AmongTasks(tasks), Slim, time => OfSemaphoreSlim(tasks, time, new SemaphoreSlim(1), tasks == 1 ? null : new Section()));
        yield return new(AmongTasks(tasks), Async, time => OfAsyncLock(tasks, time, new AsyncLock(), tasks == 1 ? null : new Section()));
        yield return new(AmongTasks(tasks), AsyncRead, time => OfAsyncReads(tasks, time, new AsyncReaderWriterLock()));
        yield return new(AmongTasks(tasks), AsyncWrite, time => OfAsyncWrites(tasks, time, new AsyncReaderWriterLock(), tasks == 1 ? null : new Section()));
    }

    private static IEnumerable<LockCandidate> Reads(int threads)
    {
        yield return new(AmongReaders(threads), ReaderWriterSlim,
            time => Threads(threads, time, null, new ReaderWriterLockSlimTurn(new ReaderWriterLockSlim())));
        yield return new(AmongReaders(threads), MonitorRead, time => OfMonitorReads(threads, time, new object(), new Quad[1]));
        yield return new(AmongReaders(threads), PhaseFair, time => Threads(threads, time, null, new PhaseFairTurn(new PhaseFairReaderWriterLock())));
        yield return new(AmongReaders(threads), Seq, time => OfSeqLock(threads, time, new SeqLock<Quad>()));
    }

    private static Contested OfSemaphoreSlim(int tasks, TimeSpan time, SemaphoreSlim gate, Section? section) => Contest.OfTasks(tasks, time, async whistle =>
    {
        long turns = 0;
        for (; !whistle.IsBlown; turns++)
        {
            await gate.WaitAsync();
            section?.Work();
            gate.Release();
        }

        return turns;
    });

    private static Contested OfAsyncLock(int tasks, TimeSpan time, AsyncLock gate, Section? section) => Contest.OfTasks(tasks, time, async whistle =>
    {
        long turns = 0;
        for (; !whistle.IsBlown; turns++)
        {
            using AsyncLockScope held = await gate.EnterAsync();
            section?.Work();
        }

        return turns;
    });

    private static Contested OfAsyncReads(int tasks, TimeSpan time, AsyncReaderWriterLock gate) => Contest.OfTasks(tasks, time, async whistle =>
    {
        long turns = 0;
        for (; !whistle.IsBlown; turns++)
        {
            using AsyncReaderWriterScope held = await gate.EnterReadAsync();
        }

        return turns;
    });

    private static Contested OfAsyncWrites(int tasks, TimeSpan time, AsyncReaderWriterLock gate, Section? section) =>
        Contest.OfTasks(tasks, time, async whistle =>
        {
            long turns = 0;
            for (; !whistle.IsBlown; turns++)
            {
                using AsyncReaderWriterScope held = await gate.EnterWriteAsync();
                section?.Work();
            }

            return turns;
        });

    private static Contested OfMonitorReads(int threads, TimeSpan time, object gate, Quad[] value) =>
        Contest.OfThreads(threads, time, whistle => TurnLoop.Alone(new MonitorReadTurn(gate, value, new Sink()), whistle));

    private static Contested OfSeqLock(int threads, TimeSpan time, SeqLock<Quad> value) =>
        Contest.OfThreads(threads, time, whistle => TurnLoop.Alone(new SeqLockTurn(value, new Sink()), whistle));

    private static Contested In(Func<Section, Contested> contest) => contest(new Section());

    private static Contested Threads<TTurn>(int threads, TimeSpan time, Section? section, TTurn turn) where TTurn : struct, ITurn
    {
        long turns = 0;
        Contested result = Contest.OfThreads(threads, time, whistle =>
        {
            long mine = section is null ? TurnLoop.Alone(turn, whistle) : TurnLoop.Among(turn, whistle);
            Interlocked.Add(ref turns, mine);
            return mine;
        });
        return section is null || section.Count == turns ? result : throw new InvalidOperationException(
            $"{turns} turns were taken and {section.Count} were counted inside: two threads were in the section at once.");
    }
}
