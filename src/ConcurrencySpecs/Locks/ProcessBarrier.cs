using System.Runtime.InteropServices;
using System.Text.Json.Serialization;
using ConcurrencySpecs.Native;
using ConcurrencySpecs.SharedMemory;
using ConcurrencySpecs.Waiting;

namespace ConcurrencySpecs.Locks;

/// <summary>Where a fixed number of parties, threads of any processes, wait for each other, cross together, and meet again.</summary>
/// <remarks>
/// <para>Progress — blocking until all have come; the last to come runs its action, if it has one, and then all leave.</para>
/// <para>Ordering — what any party wrote before it came is visible to the action, and what the action wrote to all who leave; indices are distinct.</para>
/// <para>Cost — one turn at a lock for each party, which looks at a line for each, and no allocation; a kilobyte and 256 bytes for each party.</para>
/// <para>Failure — all cross or none: a time-out, a cancellation, an action that throws or an abort breaks it for all until it is reset. So does the
/// end of a process that had it open and had not disposed of it, be it at the barrier, in its action or on its way there; who waits learns of it
/// within 50 ms.</para>
/// <para>Source — Lubachevsky, "Synchronization Barrier and Related Tools", 1990; the semantics are those of Python's multiprocessing.Barrier, which
/// waits for the dead for ever, also those whose time is up.</para>
/// </remarks>
[JsonConverter(typeof(HandedConverter))]
public sealed class ProcessBarrier : IHanded<ProcessBarrier>, IDisposable
{
    private const string KindOfSegment = "ProcessBarrier";
    private const int TermsAt = 0, ProcessesAt = 128, PlacesAt = 1152, PlaceBytes = 128, MostParticipants = 1000;

    private readonly SharedMemorySegment _segment;
    private readonly int _places;

    private ProcessBarrier(SharedMemorySegment segment)
    {
        _segment = segment;
        Participants = segment.At<BarrierTerms>(TermsAt).Participants;
        _places = PlacesOf(Participants);
        if (Participants is < 1 or > MostParticipants || segment.Size != BytesOf(Participants))
        {
            segment.Dispose();
            throw new InvalidDataException(
                $"{segment.Subject} says it is for {Participants} parties, which does not fit its size. Unlink it and create it anew.");
        }

        Protocol.Open(segment.Place);
    }

    static string IHanded<ProcessBarrier>.Kind => KindOfSegment;

    SharedMemorySegment IHanded<ProcessBarrier>.Segment => _segment;

    /// <summary>How many parties cross together.</summary>
    public int Participants { get; }

    /// <summary>What is run once for a crossing whose last party is one of this process, before anybody leaves and outside all locks. Each process has
    /// its own; children are handed the barrier without it.</summary>
    public Action? Action { get; set; }

    /// <summary>How many parties wait; it may have changed when the caller looks at it.</summary>
    /// <exception cref="ObjectDisposedException">The barrier is disposed.</exception>
    public int ParticipantsWaiting
    {
        get
        {
            _segment.Open();
            return Protocol.IsBroken ? 0 : Protocol.CountWaiting();
        }
    }

    /// <summary>Whether waits fail until the barrier is reset.</summary>
    /// <exception cref="ObjectDisposedException">The barrier is disposed.</exception>
    public bool IsBroken
    {
        get
        {
            _segment.Open();
            return Protocol.IsBroken;
        }
    }

    internal SharedBarrier Protocol => new(
        ref _segment.At<BarrierTerms>(TermsAt), MemoryMarshal.CreateSpan(ref _segment.At<BarrierPlace>(PlacesAt), _places),
        MemoryMarshal.CreateSpan(ref _segment.At<int>(ProcessesAt), SegmentFormat.Places), _segment.Table, _segment);

    static ProcessBarrier IHanded<ProcessBarrier>.In(SharedMemorySegment segment) => new(segment);

    /// <summary>Creates a barrier without a name, to be handed to children.</summary>
    /// <param name="participants">How many parties cross together, 1 to 1,000.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="participants"/> is not among these.</exception>
    /// <exception cref="SystemCallException">There is not enough memory, or no descriptor left.</exception>
    public static ProcessBarrier Create(int participants)
    {
        BarrierTerms terms = TermsFor(participants);
        return new(SharedMemorySegment.CreateAnonymous(BytesOf(participants), KindOfSegment, Initial(ref terms)));
    }

    /// <summary>Creates a barrier under a name that is free.</summary>
    /// <param name="name">The name.</param>
    /// <param name="participants">How many parties cross together, 1 to 1,000.</param>
    /// <exception cref="ArgumentException">The name is no name.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="participants"/> is not among these.</exception>
    /// <exception cref="IOException">The name is taken; or there is not enough shared memory.</exception>
    public static ProcessBarrier Create(string name, int participants)
    {
        BarrierTerms terms = TermsFor(participants);
        return new(SharedMemorySegment.Create(name, BytesOf(participants), KindOfSegment, Initial(ref terms)));
    }

    /// <summary>Opens the barrier of that name.</summary>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    /// <exception cref="InvalidDataException">It is something else than a barrier.</exception>
    public static ProcessBarrier Open(string name) => new(SharedMemorySegment.Open(name, KindOfSegment));

    /// <summary>Waits for all others for as long as it takes.</summary>
    /// <param name="cancel">Ends the wait, seen within 50 ms, and breaks the barrier for all; a token that is cancelled already throws and breaks
    /// nothing.</param>
    /// <returns>The place in the order of arrival, from 0; the party with the last one has run its action.</returns>
    /// <exception cref="BrokenBarrierException">The barrier is broken, or was broken or reset while the call waited.</exception>
    /// <exception cref="OperationCanceledException">Cancelled before all had come.</exception>
    /// <exception cref="ObjectDisposedException">The barrier is disposed, or was meanwhile, which breaks it for all.</exception>
    public int Wait(CancellationToken cancel = default) =>
        TryWait(Timeout.InfiniteTimeSpan, out int index, cancel) == BarrierResult.Crossed ? index : throw new BrokenBarrierException();

    /// <summary>Waits for all others, no longer than <paramref name="timeout"/>. What the action throws comes out of the call that ran it.</summary>
    /// <param name="timeout">Zero breaks the barrier unless the caller is the last to come; <see cref="Timeout.InfiniteTimeSpan"/> never gives up.</param>
    /// <param name="index">The place in the order of arrival when all crossed, otherwise −1.</param>
    /// <param name="cancel">Ends the wait, seen within 50 ms, and breaks the barrier for all; a token that is cancelled already throws and breaks
    /// nothing.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is negative and not infinite, or above 24 days.</exception>
    /// <exception cref="OperationCanceledException">Cancelled before all had come.</exception>
    /// <exception cref="ObjectDisposedException">The barrier is disposed, or was meanwhile, which breaks it for all.</exception>
    public BarrierResult TryWait(TimeSpan timeout, out int index, CancellationToken cancel = default)
    {
        Patience patience = Patience.Of(timeout, cancel);
        patience.ThrowIfCancelled();
        _segment.Open();
        Action? action = Action;
        SharedBarrier protocol = Protocol;
        PartyState state = protocol.Arrive(decides: action is null, out int mine, out index);
        if (state == PartyState.Leads) state = Lead(protocol, mine, action!);
        else if (state == PartyState.Waits) state = protocol.Follow(mine, patience);
        GC.KeepAlive(this);
        if (state == PartyState.Crossed) return BarrierResult.Crossed;
        index = -1;
        if (state == PartyState.Broken) return BarrierResult.Broken;
        patience.ThrowIfCancelled();
        _segment.Open();
        return BarrierResult.TimedOut;
    }

    /// <summary>Breaks the barrier: those who wait and those who come are told so, until it is reset.</summary>
    /// <exception cref="ObjectDisposedException">The barrier is disposed.</exception>
    public void Abort()
    {
        _segment.Open();
        Protocol.Break();
        GC.KeepAlive(this);
    }

    /// <summary>Makes the barrier as new, and forgets the dead; those who wait are told that it was broken.</summary>
    /// <exception cref="ObjectDisposedException">The barrier is disposed.</exception>
    public void Reset()
    {
        _segment.Open();
        Protocol.Reset();
        GC.KeepAlive(this);
    }

    /// <summary>Takes the name away; those who have the barrier open keep it.</summary>
    /// <inheritdoc cref="SharedMemorySegment.Unlink()" path="exception"/>
    public void Unlink() => _segment.Unlink();

    /// <summary>Lets go of the barrier in this process, which is no more counted on; those who wait at it here learn that it is disposed.</summary>
    public void Dispose()
    {
        if (!_segment.IsDisposed) Protocol.Close(_segment.Place);
        _segment.Dispose(locks: _segment.Size);
    }

    private static PartyState Lead(SharedBarrier protocol, int mine, Action action)
    {
        bool crossed = false;
        try
        {
            action();
            crossed = true;
        }
        finally
        {
            protocol.Conclude(mine, crossed);
        }

        return PartyState.Crossed;
    }

    private static BarrierTerms TermsFor(int participants)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(participants, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(participants, MostParticipants);
        return new() { Participants = participants };
    }

    private static Initial Initial(ref BarrierTerms terms) => new(MemoryMarshal.AsBytes(new ReadOnlySpan<BarrierTerms>(ref terms)), TermsAt);

    // For those who come to the next crossing before all have left the last one, and a few who are no regular party.
    private static int PlacesOf(int participants) => 2 * participants + 6;

    private static long BytesOf(int participants) => PlacesAt + (long)PlacesOf(participants) * PlaceBytes;
}
