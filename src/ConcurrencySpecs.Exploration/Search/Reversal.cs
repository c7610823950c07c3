using System.Numerics;
using ConcurrencySpecs.Exploration.Scheduling;

namespace ConcurrencySpecs.Exploration.Search;

/// <summary>Turns a race into the branch of a wake-up tree that takes its later event first.</summary>
/// <remarks>
/// For a race of e and e′ the branch is all that came after e without depending on it, then e′. It is left out when a thread that sleeps at e could
/// start it (its executions are covered), and shortened by what the tree already holds.
/// </remarks>
internal sealed class Reversal(Trace trace, SharedTree? tree)
{
    private readonly List<int> _sequence = [];
    private readonly int[] _first = new int[Execution.MaxThreads];     // the position of a thread's first event in the sequence, or −1
    private Step _pendingStep;
    private int _pendingRow, _second;

    public void Add(int first, int second, int count, in Step pending)
    {
        ref Event e = ref trace.Events[first];
        (_second, _pendingRow, _pendingStep) = (second, second >= count ? second : -1, pending);
        _sequence.Clear();
        for (int k = first + 1; k < count; k++)
            if (k != second && !trace.Clocks.Before(first, e.Thread, k)) _sequence.Add(k);
        DropIdle();
        _sequence.Add(second);

        FindFirsts();
        int before = first == 0 ? 0 : trace.Events[first - 1].Thread;
        if (e.Shared is not { } node)
        {
            if (!IsCovered(e.Sleep, e.UnderWay, first, count)) Insert(ref e.Branches, e.Known, before);
            return;
        }
        lock (tree!.Mutex)
        {
            if (!IsCovered(node.Sleep, node.Sleep, first, count) && Insert(ref node.Branches, e.Known, before)) tree.Opened(node);
        }
    }

    /// <summary>
    /// Whether a branch that is explored covers the sequence. One that is done does so too when it commutes with the sequence; one that is under way
    /// only when it begins it, for what it finds out later about longer sequences is not put into its neighbours any more.
    /// </summary>
    private bool IsCovered(ulong sleep, ulong underWay, int first, int count)
    {
        for (ulong left = sleep; left != 0; left &= left - 1)
        {
            int thread = BitOperations.TrailingZeroCount(left);
            if ((underWay >> thread & 1) == 0 ? SleeperStarts(thread, first, count) : _first[thread] >= 0 && IsInitial(_first[thread])) return true;
        }
        return false;
    }

    /// <summary>Takes out steps that touch nothing and that no other step of their thread follows: whether they are taken now or later is the same.</summary>
    private void DropIdle()
    {
        ulong goOn = 1ul << ThreadOf(_second);
        int kept = _sequence.Count;
        for (int i = _sequence.Count - 1; i >= 0; i--)
        {
            ref Event e = ref trace.Events[_sequence[i]];
            if (e.Step.Resource == 0 && (goOn >> e.Thread & 1) == 0) continue;
            goOn |= 1ul << e.Thread;
            if (e.Step.Kind == StepKind.Start && e.Parent >= 0) goOn |= 1ul << e.Parent;
            _sequence[--kept] = _sequence[i];
        }
        _sequence.RemoveRange(0, kept);
    }

    private void FindFirsts()
    {
        Array.Fill(_first, -1);
        for (int i = _sequence.Count - 1; i >= 0; i--) _first[ThreadOf(_sequence[i])] = i;
    }

    private int ThreadOf(int k) => k == _pendingRow ? PendingThread() : trace.Events[k].Thread;

    private int PendingThread() => trace.PendingThread(_pendingRow);

    private ref readonly Step StepOf(int k)
    {
        if (k == _pendingRow) return ref _pendingStep;
        return ref trace.Events[k].Step;
    }

    private long NameOf(int k) => k == _pendingRow ? 0 : trace.Events[k].Name;

    /// <summary>Whether an equivalent of the sequence, or of a continuation of it, begins with the thread's next step.</summary>
    private bool SleeperStarts(int thread, int from, int count)
    {
        if (_first[thread] >= 0) return IsInitial(_first[thread]);
        for (int k = from; k < count; k++)
            if (trace.Events[k].Thread == thread) return Commutes(trace.Events[k].Step);
        return trace.TryPending(thread, out Step pending) && Commutes(pending);
    }

    private bool Commutes(in Step step)
    {
        foreach (int k in _sequence)
            if (Step.Depend(step, StepOf(k))) return false;
        return true;
    }

    /// <summary>Whether nothing in the sequence, from <paramref name="start"/> on, happens before the event at <paramref name="position"/>.</summary>
    private bool IsInitial(int position, int start = 0)
    {
        int row = _sequence[position];
        for (int i = start; i < position; i++)
            if (trace.Clocks.Before(_sequence[i], ThreadOf(_sequence[i]), row)) return false;
        return true;
    }

    /// <summary>Puts the sequence where it belongs among the branches of a node; false when they cover it.</summary>
    private bool Insert(ref WakeupNode? branches, int known, int before)
    {
        WakeupNode? parent = null;
        while (_sequence.Count > 0)
        {
            WakeupNode? next = parent is null ? branches : parent.First;
            if (next is null && parent is not null) return false;    // a leaf: what it stands for covers the sequence
            WakeupNode? last = null;
            while (next is not null && !Follows(next)) (last, next) = (next, next.Next);
            if (next is null)
            {
                Gather(parent?.Thread ?? before);
                WakeupNode chain = Chain(known);
                if (last is not null) last.Next = chain;
                else branches = chain;
                return true;
            }
            parent = next;
        }
        return false;
    }

    /// <summary>Whether the sequence can begin with the branch's step, which is then taken out of it.</summary>
    private bool Follows(WakeupNode branch)
    {
        int position = -1;
        for (int i = 0; i < _sequence.Count && position < 0; i++)
            if (ThreadOf(_sequence[i]) == branch.Thread) position = i;
        if (position < 0) return Commutes(branch);
        if (!IsInitial(position)) return false;
        _sequence.RemoveAt(position);
        return true;
    }

    /// <summary>The same for a step of another execution, whose resources have the same numbers only as far as both numbered them before its race.</summary>
    private bool Commutes(WakeupNode branch)
    {
        if (branch.Resource == 0) return true;
        foreach (int k in _sequence)
        {
            ref readonly Step step = ref StepOf(k);
            if (step.Resource == 0 || (branch.Access == Access.Read && step.Access == Access.Read)) continue;
            if (branch.Resource < branch.Known || step.Resource < branch.Known)
            {
                if (branch.Resource == step.Resource) return false;
            }
            else if (branch.Name == 0 || NameOf(k) is var name && (name == 0 || name == branch.Name)) return false;
        }
        return true;
    }

    /// <summary>Puts the sequence into an equivalent order with fewer switches: a thread goes on as long as nothing
    /// that is left happens before its next event.</summary>
    private void Gather(int thread)
    {
        for (int done = 0; done < _sequence.Count - 1; done++)
        {
            int position = done;
            while (position < _sequence.Count && ThreadOf(_sequence[position]) != thread) position++;
            if (position == _sequence.Count || !IsInitial(position, done)) position = done;
            int next = _sequence[position];
            thread = ThreadOf(next);
            for (; position > done; position--) _sequence[position] = _sequence[position - 1];
            _sequence[done] = next;
        }
    }

    private WakeupNode Chain(int known)
    {
        WakeupNode? head = null;
        for (int i = _sequence.Count - 1; i >= 0; i--)
        {
            ref readonly Step step = ref StepOf(_sequence[i]);
            head = new WakeupNode(ThreadOf(_sequence[i]), step.Resource, NameOf(_sequence[i]), known, step.Access) { First = head };
        }
        return head!;
    }
}
