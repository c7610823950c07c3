using System.Runtime.CompilerServices;
using ConcurrencySpecs.Native;
using ConcurrencySpecs.Waiting;

namespace ConcurrencySpecs.SharedMemory;

/// <summary>The protocol of a barrier in shared memory: a table of the parties that are there, under a robust mutex.</summary>
/// <remarks>
/// Every decision is one store, made before anybody is told of it: that it is broken, or, in the place of the party that came last, that all cross.
/// Whoever comes into the mutex, or looks up from its sleep, finishes what a dead has decided and breaks what a dead has left undecided.
/// </remarks>
internal readonly ref struct SharedBarrier(
    ref BarrierTerms terms, Span<BarrierPlace> places, Span<int> processes, SegmentUsers users, SharedMemorySegment? segment)
{
    private const int Glances = 64, CloseLooks = 32, PausesPerSpin = 8;

    // I1  places change under the mutex; save that a party whose crossing is over leaves its own
    // I2  at most Participants − 1 places wait; the one that makes them Participants turns all into a crossing, in the same hold of the mutex
    // I3  nobody waits while Broken; one who dies before it is so leaves it to the next who looks: Settle
    // I4  processes[p] is set from when the user at place p of the segment's table opens the barrier until it closes it: a set one whose user has
    //     ended is a dead that others may wait for
    // I5  whoever is at the barrier is in one of the first PlacesUsed places
    private readonly ref BarrierTerms _terms = ref terms;
    private readonly Span<BarrierPlace> _places = places;
    private readonly Span<int> _processes = processes;

    private Span<BarrierPlace> Used => _places[..Volatile.Read(ref _terms.PlacesUsed)];

    private ref RobustWords Mutex => ref _terms.Mutex;

    public bool IsBroken => Volatile.Read(ref _terms.Broken) != 0;

    /// <summary>How many parties wait, as far as a look without the mutex can tell.</summary>
    public int CountWaiting()
    {
        int waiting = 0;
        foreach (ref BarrierPlace place in Used) if (IsAt(ref place, PartyState.Waits)) waiting++;
        return waiting;
    }

    /// <summary>Comes to the barrier.</summary>
    /// <param name="decides">The party that comes last has no action to run: all cross at once.</param>
    /// <param name="mine">The place, for one who waits or leads.</param>
    /// <param name="index">The place in the order of arrival.</param>
    /// <exception cref="ObjectDisposedException">The segment was disposed.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public PartyState Arrive(bool decides, out int mine, out int index)
    {
        while (true)
        {
            Enter();
            (mine, index) = (-1, CountWaiting());
            PartyState state = IsBroken ? PartyState.Broken : PartyState.None;
            if (state == PartyState.None && (mine = FindFree()) >= 0) state = Take(mine, index, decides);
            Exit();
            if (state == PartyState.Crossed)
            {
                Leave(mine);
                SharedEventCount.Signal(ref _terms.Waiting, int.MaxValue);
            }

            if (state != PartyState.None) return state;
            segment?.Open();
            Thread.Yield();         // there are places for two crossings: those who have crossed are about to leave theirs
        }
    }

    public PartyState StateOf(int mine) => (PartyState)Volatile.Read(ref _places[mine].State);

    /// <summary>By the party that came last, after its action: all cross, or the action has failed and the barrier is broken.</summary>
    public void Conclude(int mine, bool crossed)
    {
        Enter();
        if (crossed) Decide(mine);
        else
        {
            Volatile.Write(ref _terms.Broken, 1);
            Tell(mine, PartyState.Broken);
            BreakWaiting();
        }

        Exit();
        Leave(mine);
        SharedEventCount.Signal(ref _terms.Waiting, int.MaxValue);
    }

    /// <summary>To be called before the look at the state.</summary>
    public int Prepare() => SharedEventCount.Prepare(ref _terms.Waiting);

    /// <summary>Sleeps unless something was decided since <paramref name="ticket"/> was taken.</summary>
    public void Sleep(int ticket, TimeSpan left) => SharedEventCount.Sleep(ref _terms.Waiting, ticket, left);

    /// <summary>Waits until the crossing is over or broken, no longer than the patience lasts while others are still to come.</summary>
    /// <returns><see cref="PartyState.Crossed"/>, <see cref="PartyState.Broken"/>, or <see cref="PartyState.Waits"/>: it is broken because the time was up,
    /// the wait cancelled, or the segment disposed.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public PartyState Follow(int mine, Patience patience)
    {
        bool wakes = false;
        int most = SharedFutex.SpinsBeforeSleep == 0 ? 0 : Glances + CloseLooks + SharedFutex.SpinsBeforeSleep;
        for (int looks = 0; ; looks++)
        {
            bool announces = looks >= most && !wakes;       // who was woken looks first: mostly it is over
            int ticket = announces ? Prepare() : 0;
            PartyState state = StateOf(mine);                               // acquire ← [told]
            if (state is PartyState.Crossed or PartyState.Broken)
            {
                Leave(mine);
                return state;
            }

            TimeSpan left = Timeout.InfiniteTimeSpan;
            if (state == PartyState.Waits && (segment is { IsDisposed: true } || patience.IsCancelled || patience.IsTimeUp(out left)))
            {
                if (GaveUp(mine)) return PartyState.Waits;
                continue;
            }

            if (announces) Sleep(ticket, left);
            else if (wakes) LookForTheDead(state);
            else if (looks >= Glances) Thread.SpinWait(looks < Glances + CloseLooks ? 1 : PausesPerSpin);
            wakes = announces;
        }
    }

    /// <summary>Breaks the barrier for all who wait and all who come.</summary>
    public void Break()
    {
        Enter();
        Volatile.Write(ref _terms.Broken, 1);       // the decision
        BreakWaiting();
        Exit();
        SharedEventCount.Signal(ref _terms.Waiting, int.MaxValue);
    }

    /// <summary>Sends those away who wait, and forgets what happened, also the dead.</summary>
    public void Reset()
    {
        Enter();
        Volatile.Write(ref _terms.Broken, 1);       // first: who dies before the end leaves it broken
        BreakWaiting();
        for (int p = 0; p < _terms.ProcessesUsed; p++) if (_processes[p] != 0 && !users.IsTaken(p)) _processes[p] = 0;
        Volatile.Write(ref _terms.Broken, 0);
        Exit();
        SharedEventCount.Signal(ref _terms.Waiting, int.MaxValue);
    }

    /// <summary>A process has begun to use the segment, in the place of one that may have died with a party counted on.</summary>
    public void Open(int process)
    {
        Enter();
        BreakForDead(process, isDead: _processes[process] != 0);
        if (_terms.ProcessesUsed <= process) _terms.ProcessesUsed = process + 1;
        Volatile.Write(ref _processes[process], 1);
        Exit();
        SharedEventCount.Signal(ref _terms.Waiting, int.MaxValue);
    }

    /// <summary>A process is no more counted on.</summary>
    public void Close(int process)
    {
        Enter();
        _processes[process] = 0;
        Exit();
    }

    private void Enter()
    {
        if (!RobustMutex.TryEnter(ref Mutex)) RobustMutex.Enter(null, ref Mutex, Patience.Endless());       // held for a few steps, also by those who dispose
        Mutex.Inconsistent = 0;
        Settle();
    }

    private void Exit() => RobustMutex.Exit(ref Mutex);

    private int FindFree()
    {
        for (int i = 0; i < _places.Length; i++)
        {
            if (!RobustMutex.IsFree(ref _places[i].Life)) continue;
            if (i >= _terms.PlacesUsed) Volatile.Write(ref _terms.PlacesUsed, i + 1);       // before the place is taken: I5
            if (RobustMutex.TryEnter(ref _places[i].Life)) return i;
        }

        return -1;
    }

    private PartyState Take(int mine, int index, bool decides)
    {
        if (index < _terms.Participants - 1)
        {
            Volatile.Write(ref _places[mine].State, (int)PartyState.Waits);
            return PartyState.Waits;
        }

        Volatile.Write(ref _places[mine].State, (int)PartyState.Leads);
        foreach (ref BarrierPlace place in Used)
        {
            if (!IsAt(ref place, PartyState.Waits)) continue;
            place.Leader = mine;
            Volatile.Write(ref place.State, (int)PartyState.Follows);
        }

        if (!decides) return PartyState.Leads;
        Decide(mine);
        return PartyState.Crossed;
    }

    // One store decides; whoever finds the leader dead afterwards tells the others.
    private void Decide(int mine)
    {
        Volatile.Write(ref _places[mine].State, (int)PartyState.Decided);
        Tell(mine, PartyState.Crossed);
    }

    private static void Leave(ref BarrierPlace place)
    {
        Volatile.Write(ref place.State, (int)PartyState.None);
        RobustMutex.Exit(ref place.Life);
    }

    /// <summary>Gives the place back, once the crossing is over.</summary>
    public void Leave(int mine) => Leave(ref _places[mine]);

    private bool GaveUp(int mine)
    {
        Enter();
        bool isLate = StateOf(mine) == PartyState.Waits;
        if (isLate)
        {
            Volatile.Write(ref _terms.Broken, 1);
            Leave(mine);
            BreakWaiting();
        }

        Exit();
        if (isLate) SharedEventCount.Signal(ref _terms.Waiting, int.MaxValue);
        return isLate;
    }

    /// <summary>Tells those who follow a leader how the crossing ended.</summary>
    private void Tell(int leader, PartyState end)
    {
        foreach (ref BarrierPlace place in Used)
            if (IsAt(ref place, PartyState.Follows) && place.Leader == leader) Volatile.Write(ref place.State, (int)end);       // release → [told]
    }

    private void BreakWaiting()
    {
        foreach (ref BarrierPlace place in Used)
            if (IsAt(ref place, PartyState.Waits)) Volatile.Write(ref place.State, (int)PartyState.Broken);                     // release → [told]
    }

    /// <summary>Finishes what the dead have begun: I3.</summary>
    private void Settle()
    {
        for (int i = 0; i < Used.Length; i++)
        {
            ref BarrierPlace place = ref _places[i];
            if (!RobustMutex.IsLeftByDead(ref place.Life)) continue;
            Volatile.Write(ref _terms.Broken, 1);                           // before the trace of the dead goes
            var state = (PartyState)place.State;
            if (state is PartyState.Leads or PartyState.Decided) Tell(i, state == PartyState.Decided ? PartyState.Crossed : PartyState.Broken);
            if (RobustMutex.TryEnter(ref place.Life)) Leave(ref place);
        }

        if (IsBroken) BreakWaiting();
    }

    /// <summary>Whether somebody has died at the barrier, as far as a look without the mutex can tell.</summary>
    public bool HasDeadParty()
    {
        foreach (ref BarrierPlace place in Used) if (RobustMutex.IsLeftByDead(ref place.Life)) return true;
        return false;
    }

    // One who follows has nothing to do with a break: its leader tells it, however long the action takes.
    private void LookForTheDead(PartyState state)
    {
        bool found = (state == PartyState.Waits && IsBroken) || HasDeadParty();
        int dead = -1;
        int used = Volatile.Read(ref _terms.ProcessesUsed);
        for (int p = 0; p < used && !found; p++)
        {
            if (Volatile.Read(ref _processes[p]) == 0 || users.IsTaken(p)) continue;
            (found, dead) = (true, p);
        }

        if (!found) return;
        Enter();
        if (dead >= 0) BreakForDead(dead, _processes[dead] != 0 && !users.IsTaken(dead));
        Exit();
        SharedEventCount.Signal(ref _terms.Waiting, int.MaxValue);
    }

    private void BreakForDead(int process, bool isDead)
    {
        if (!isDead) return;
        Volatile.Write(ref _terms.Broken, 1);       // before the trace of the dead goes
        _processes[process] = 0;
        BreakWaiting();
    }

    // A dead party is none: its place is seen to by Settle.
    private static bool IsAt(ref BarrierPlace place, PartyState state) =>
        Volatile.Read(ref place.State) == (int)state && !RobustMutex.IsLeftByDead(ref place.Life);
}
