using System.Numerics;
using ConcurrencySpecs.Exploration.Hooks;
using ConcurrencySpecs.Exploration.Scheduling;

namespace ConcurrencySpecs.Exploration.Search;

/// <summary>Reports plain accesses of two threads to one location, one of them a write, that no synchronisation orders.</summary>
/// <remarks>
/// <para>Promise — no false report: happens-before is that of the .NET memory model's synchronisation (volatile and interlocked accesses, locks and every
/// other object, the start and the end of threads). Of one execution, the first race is exact.</para>
/// <para>Cost — about 20 ns for a plain access.</para>
/// <para>Source — Flanagan, Freund, "FastTrack: Efficient and Precise Dynamic Race Detection", PLDI 2009.</para>
/// </remarks>
internal sealed class RaceWatch : IRaceWatch
{
    private const int Width = Execution.MaxThreads;

    private struct Shadow
    {
        public long Run;
        public int WriteThread, WriteClock, WriteSite;
        public int ReadThread, ReadClock, ReadSite;
        public int[]? Reads;                   // all readers since the last write, when one epoch does not say it
        public int[]? ReadSites;
        public int[]? Released;                // what synchronisation through this resource carries along
    }

    private readonly int[][] _clocks = new int[Width][];
    private Shadow[] _shadows = new Shadow[256];
    private long _run;

    public void Begin(Execution execution)
    {
        _run++;
        Start(0);
    }

    public void Spawned(LogicalThread parent, LogicalThread child)
    {
        Start(child.Id);
        Join(_clocks[child.Id], _clocks[parent.Id]);
        _clocks[parent.Id][parent.Id]++;
    }

    public Verdict? Taken(Execution execution, LogicalThread thread)
    {
        ref Step step = ref thread.Pending;
        if (step.Resource == 0) return null;
        ref Shadow shadow = ref ShadowOf(step.Resource);
        return step.Kind switch
        {
            StepKind.Read => Reads(ref shadow, execution, thread, step.Site),
            StepKind.Write => Writes(ref shadow, execution, thread, step.Site),
            _ => Synchronises(ref shadow, thread.Id, step),
        };
    }

    private void Start(int id)
    {
        int[] clock = _clocks[id] ??= new int[Width];
        Array.Clear(clock);
        clock[id] = 1;
    }

    private ref Shadow ShadowOf(int resource)
    {
        if (resource >= _shadows.Length) Array.Resize(ref _shadows, Math.Max(_shadows.Length * 2, resource + 1));
        ref Shadow shadow = ref _shadows[resource];
        if (shadow.Run != _run) shadow = new Shadow { Run = _run, WriteThread = -1, ReadThread = -1 };
        return ref shadow;
    }

    private Verdict? Reads(ref Shadow shadow, Execution execution, LogicalThread me, int site)
    {
        int[] clock = _clocks[me.Id];
        int now = clock[me.Id];
        if (shadow.ReadThread == me.Id && shadow.ReadClock == now) return null;
        if (shadow.WriteThread >= 0 && shadow.WriteClock > clock[shadow.WriteThread])
            return Race(execution, shadow.WriteThread, "writes", shadow.WriteSite, me, "reads", site);
        if (shadow.Reads is not null) (shadow.Reads[me.Id], shadow.ReadSites![me.Id]) = (now, site);
        else if (shadow.ReadThread < 0 || shadow.ReadClock <= clock[shadow.ReadThread])
            (shadow.ReadThread, shadow.ReadClock, shadow.ReadSite) = (me.Id, now, site);
        else
        {
            (shadow.Reads, shadow.ReadSites) = (new int[Width], new int[Width]);
            (shadow.Reads[shadow.ReadThread], shadow.ReadSites[shadow.ReadThread]) = (shadow.ReadClock, shadow.ReadSite);
            (shadow.Reads[me.Id], shadow.ReadSites[me.Id]) = (now, site);
        }
        return null;
    }

    private Verdict? Writes(ref Shadow shadow, Execution execution, LogicalThread me, int site)
    {
        int[] clock = _clocks[me.Id];
        int now = clock[me.Id];
        if (shadow.WriteThread == me.Id && shadow.WriteClock == now) return null;
        if (shadow.WriteThread >= 0 && shadow.WriteClock > clock[shadow.WriteThread])
            return Race(execution, shadow.WriteThread, "writes", shadow.WriteSite, me, "writes", site);
        if (shadow.Reads is not null)
        {
            for (int id = 0; id < Width; id++)
                if (shadow.Reads[id] > clock[id]) return Race(execution, id, "reads", shadow.ReadSites![id], me, "writes", site);
        }
        else if (shadow.ReadThread >= 0 && shadow.ReadClock > clock[shadow.ReadThread])
            return Race(execution, shadow.ReadThread, "reads", shadow.ReadSite, me, "writes", site);
        (shadow.WriteThread, shadow.WriteClock, shadow.WriteSite) = (me.Id, now, site);
        (shadow.ReadThread, shadow.Reads, shadow.ReadSites) = (-1, null, null);
        return null;
    }

    /// <summary>A step on an object or a volatile location: takes over what was released there, and releases what it knows if it writes.</summary>
    private Verdict? Synchronises(ref Shadow shadow, int id, in Step step)
    {
        int[] clock = _clocks[id];
        if (shadow.Released is not null && step.Kind != StepKind.VolatileWrite) Join(clock, shadow.Released);
        if (step.Access != Access.Write) return null;
        shadow.Released ??= new int[Width];
        if (step.Kind == StepKind.VolatileWrite) clock.CopyTo(shadow.Released, 0);
        else Join(shadow.Released, clock);
        clock[id]++;
        return null;
    }

    private static Verdict Race(Execution execution, int first, string does, int firstSite, LogicalThread second, string alsoDoes, int secondSite) => new(
        Outcome.Race,
        $"Data race on {SiteTable.Of(secondSite) switch { var site => site.Place ?? site.What }}: {execution.Thread(first).Label} {does} it at {SiteTable.Place(firstSite)}, "
        + $"{second.Label} {alsoDoes} it at {SiteTable.Place(secondSite)}, and nothing orders the two.",
        null, second.Id);

    private static void Join(int[] into, int[] from)
    {
        for (int i = 0; i < Width; i += Vector<int>.Count) Vector.Max(new Vector<int>(into, i), new Vector<int>(from, i)).CopyTo(into, i);
    }
}
