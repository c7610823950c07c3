using ConcurrencySpecs.Native;
using ConcurrencySpecs.Testing;
using FsCheck.Fluent;
using Death = ConcurrencySpecs.Exploration.Twins.Death;

namespace ConcurrencySpecs.Contracts.Processes;

/// <summary>Something that processes share, of which one dies: threads stand for processes, and the explorer ends one of them between two steps.</summary>
public abstract class Estate
{
    /// <summary>What is said when nothing was wrong.</summary>
    public const string InOrder = "all is in order";

    private int _dead;
    private long _started;

    /// <summary>The mortal, as far as others learn its process id.</summary>
    protected int Mortal => Volatile.Read(ref _dead);

    /// <summary>Whether the mortal has begun, and has died.</summary>
    protected bool IsMortalDead => Mortal is not 0 and var mortal && ProcFiles.StartTimeOf(mortal) != _started;

    /// <summary>One process dies after so many steps of its work, others go on; gives what they object to.</summary>
    /// <remarks>Outside of an exploration nobody dies.</remarks>
    public string Outlive(int steps)
    {
        Begin();
        var mortal = new Thread(() =>
        {
            _started = OwnProcess.StartTime;
            Volatile.Write(ref _dead, OwnProcess.Id);
            Enter();
            Death.After(steps);
            Die();
        })
        { IsBackground = true };
        mortal.Start();
        return Live() ?? InOrder;
    }

    /// <summary>What the others have done before there is a mortal.</summary>
    protected virtual void Begin() { }

    /// <summary>What the mortal has done in any case.</summary>
    protected virtual void Enter() { }

    /// <summary>What the mortal does.</summary>
    protected abstract void Die();

    /// <summary>What the others do, and object to.</summary>
    protected abstract string? Live();
}

/// <summary>What everything between processes owes its survivors: nobody waits for the dead, nothing is half done unsaid, and the dead is named.</summary>
/// <remarks>A death takes effect in pieces, so this is no linearizable object: each operation is a whole life, called by one director.</remarks>
public abstract class DeathContract : ConcurrentSpec<Estate, int>
{
    /// <summary>The steps after which the mortal may die, at most; beyond them it lives.</summary>
    public virtual int MostSteps => 60;

    /// <summary>Where to begin.</summary>
    public virtual int LeastSteps => 0;

    protected override int InitialState => 0;

    protected override int CallsPerThread => 1;

    protected override IEnumerable<Operation<Estate, int>> Operations =>
    [
        Operation("Outlive one who dies after steps", Gen.Choose(LeastSteps, MostSteps), (_, steps) => NewEstate().Outlive(steps),
            (lives, _) => (lives + 1, Estate.InOrder)).By("director"),
    ];

    /// <summary>One for each life: the mortal may live on beside the next.</summary>
    public Estate NewEstate() => NewSubject();
}
