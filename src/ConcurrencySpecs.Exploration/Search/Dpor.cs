using System.Numerics;
using ConcurrencySpecs.Exploration.Scheduling;

namespace ConcurrencySpecs.Exploration.Search;

/// <summary>One execution for every way to order the steps that conflict: optimal dynamic partial-order reduction under sequential consistency.</summary>
/// <remarks>
/// <para>Promise — sound: every final state and failure that some interleaving reaches is reached. Also with time-outs, Try… and Pulse, which are
/// steps like others. Loops that wait are no exception as long as only a change ends them; one that ends by itself after many equal rounds is
/// reported, see <see cref="Execution.CutLoop"/>, and the search then does not claim to have exhausted.</para>
/// <para>Optimality — no execution is redundant, except where threads spin or a wake-up branch meets a location that its node had not numbered.</para>
/// <para>Source — Abdulla, Aronis, Jonsson, Sagonas, "Source Sets: A Foundation for Optimal Dynamic Partial Order Reduction", JACM 64(4), 2017.</para>
/// </remarks>
internal sealed class Dpor : Strategy
{
    // I1  _events[0 .. _forced) are taken again exactly as they are; the last of them is the branch just begun
    // I2  _events[d].Sleep contains the threads of all branches of d that are explored
    // I3  _events[0 .. _shared) belong to shared nodes; branches below are this explorer's own
    private readonly Trace _trace;
    private readonly SharedTree? _tree;
    private readonly bool _helps;
    private WakeupNode? _wake, _wakeAtBegin;
    private int _depth, _forced, _shared;
    private bool _begun, _worked, _again, _impossible;

    /// <summary>The whole search, or with a shared tree one explorer's part of it.</summary>
    /// <param name="tree">What is shared with others.</param>
    /// <param name="helps">Whether this one begins with nothing and waits for a branch.</param>
    public Dpor(SharedTree? tree = null, bool helps = false)
    {
        (_tree, _helps) = (tree, helps);
        (_begun, _worked) = (helps, !helps);
        _trace = new Trace(tree);
    }

    public override bool Exhausts => _tree is null || _tree.Complete;

    public override bool WantsNames => true;

    /// <summary>Decides who goes first where nothing else does: the whole search is the same set of executions in another order, so that searches
    /// that are cut short see different parts of it. Null: the lowest number.</summary>
    public ulong? Order { get; init; }

    /// <summary>Branches whose thread could not go on when its turn came: always 0, a check of the theory.</summary>
    public long Mismatches { get; private set; }

    public override bool Begin(Execution execution)
    {
        _depth = 0;
        if (_begun && !_again && !Backtrack() && !TakeBranch()) return false;
        (_begun, _again, _impossible) = (true, false, false);
        _wake = _wakeAtBegin;
        if (_tree is null) return true;
        if (!_helps) _tree.Begun();
        if (_tree.Hungry) Share(_tree);
        return true;
    }

    private bool TakeBranch()
    {
        if (_tree?.Take(_worked) is not var (node, branch, sleep)) return false;
        _worked = true;
        _trace.Load(node, branch.Thread, sleep);
        (_forced, _shared, _wakeAtBegin) = (_trace.Count, _trace.Count, branch.First);
        return true;
    }

    /// <summary>Lets others take the topmost open branches; where the paths to them may get new ones, they can take those too.</summary>
    private void Share(SharedTree tree)
    {
        Event[] events = _trace.Events;
        int open = _shared;
        while (open < _trace.Count && events[open].Branches is null) open++;
        if (open == _trace.Count) return;
        Event[] path = new Event[open + 1];
        for (int depth = _shared; depth <= open; depth++)
        {
            ref Event e = ref events[depth];
            e.Shared = new SharedNode(path, depth, e.Sleep | 1ul << e.Thread, e.Branches);
            e.Branches = null;
        }
        Array.Copy(events, path, path.Length);
        _shared = open + 1;
        lock (tree.Mutex) tree.Opened(events[open].Shared!);
    }

    public override void Close() => _tree?.Close();

    private bool Backtrack()
    {
        Event[] events = _trace.Events;
        while (_trace.Count > _shared)
        {
            ref Event top = ref events[_trace.Count - 1];
            top.Sleep |= 1ul << top.Thread;
            if (top.Branches is { } branch)
            {
                top.Branches = branch.Next;
                top.Thread = branch.Thread;
                _wakeAtBegin = branch.First;
                _forced = _trace.Count;
                return true;
            }
            _trace.Count--;
        }
        return false;
    }

    public override int Choose(Execution execution, int current, ulong candidates, ulong enabled)
    {
        int depth = _depth++;
        if (depth < _forced)
        {
            int forced = _trace.Events[depth].Thread;
            if ((enabled >> forced & 1) == 0) return CannotGo(execution, forced, depth);
            ref Step known = ref _trace.Events[depth].Step;
            if (depth < _forced - 1 && (known.Kind, known.Site) != (execution.Pending(forced).Kind, execution.Pending(forced).Site)) return Diverges(execution, forced);
            if (depth == _forced - 1) Describe(ref _trace.Events[depth], execution, forced);
            return forced;
        }
        ulong sleep = depth == 0 ? 0 : SleepAfter(execution, ref _trace.Events[depth - 1]);
        WakeupNode? branches = _wake;
        int chosen;
        if (branches is not null && (enabled >> branches.Thread & 1) != 0)
        {
            chosen = branches.Thread;
            _wake = branches.First;
            branches = branches.Next;
        }
        else
        {
            if (branches is not null) Mismatches++;
            branches = _wake = null;
            ulong fresh = candidates & ~sleep;
            if (fresh == 0) return Abandon;
            chosen = First(current, fresh);
        }
        ref Event taken = ref _trace.Add();
        (taken.Sleep, taken.UnderWay) = (sleep, depth == 0 ? 0 : sleep & _trace.Events[depth - 1].UnderWay);
        (taken.Branches, taken.Shared) = (branches, null);
        Describe(ref taken, execution, chosen);
        return chosen;
    }

    /// <summary>Stays with the current thread; else the one whose number stands first in this search's order.</summary>
    private int First(int current, ulong fresh)
    {
        if (Order is not { } order || (fresh >> current & 1) != 0) return Stay(current, fresh);
        int first = BitOperations.TrailingZeroCount(fresh);
        for (ulong left = fresh & (fresh - 1); left != 0; left &= left - 1)
        {
            int id = BitOperations.TrailingZeroCount(left);
            if (SplitMix.Mix(order + (ulong)id) < SplitMix.Mix(order + (ulong)first)) first = id;
        }
        return first;
    }

    private static void Describe(ref Event taken, Execution execution, int thread)
    {
        taken.Thread = thread;
        taken.Step = execution.Pending(thread);
        if (taken.Step.On is { } on) taken.Before = on.State;
        taken.Known = execution.Resources;
        taken.Name = execution.NameOf(taken.Step.Resource);
        taken.Parent = -1;
        if (taken.Step.Kind != StepKind.Start) return;
        LogicalThread started = execution.Thread(thread);
        (taken.Parent, taken.SpawnedAt) = (started.Parent!.Id, started.SpawnedAt);
    }

    private static ulong SleepAfter(Execution execution, ref Event last)
    {
        ulong sleep = 0;
        for (ulong left = last.Sleep; left != 0; left &= left - 1)
        {
            int id = BitOperations.TrailingZeroCount(left);
            if (!Step.Depend(execution.Pending(id), last.Step)) sleep |= 1ul << id;
        }
        return sleep;
    }

    /// <summary>A branch may ask for one who cannot go on where rounds of a loop were taken in one go: what stands in its way was no event, so that two
    /// steps seemed to race that do not. Nothing is lost: such a search claims no exhaustion.</summary>
    private int CannotGo(Execution execution, int thread, int depth)
    {
        if (depth != _forced - 1 || execution.CutLoop < 0) return Diverges(execution, thread);
        _impossible = true;
        return Abandon;
    }

    private int Diverges(Execution execution, int thread)
    {
        Broken = $"The body does not repeat itself: {execution.Thread(thread).Label} did something else here in an earlier schedule. "
            + "Take randomness, real time and state that outlives a schedule out of it.";
        return Abandon;
    }

    public override void Stopping(Execution execution) => _trace.Stopping(execution);

    public override void Ended(Execution execution)
    {
        if (!_impossible) _trace.Analyse(Math.Max(0, _forced - 1));
    }

    public override void Undo()
    {
        _trace.Count = _forced;
        _again = true;
        Broken = null;          // what moved may have looked like another step
    }
}
