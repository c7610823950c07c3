using ConcurrencySpecs.Testing;
using FsCheck.Fluent;

namespace ConcurrencySpecs.Broken.Signals;

/// <summary>The children of a process: 0 is ours, 1 belongs to another library in the same process.</summary>
public interface IChildren
{
    /// <summary>The child ends, and SIGCHLD is handled.</summary>
    bool End(int child);

    /// <summary>Its owner asks how it ended; once, as waitpid has it. Null: it runs, or the owner has been told.</summary>
    bool Ask(int child);
}

/// <summary>Which children have ended and were not asked for yet.</summary>
public sealed record Zombies(bool Ours, bool Theirs);

/// <summary>What a handler of SIGCHLD owes: each owner learns how its own child ended.</summary>
public abstract class ChildrenContract : ConcurrentSpec<IChildren, Zombies>
{
    protected override Zombies InitialState => new(false, false);

    protected override IEnumerable<Operation<IChildren, Zombies>> Operations =>
    [
        Operation("End", Gen.Choose(0, 1), (children, child) => children.End(child), (zombies, child) => (With(zombies, child, true), true)),
        Operation("Ask", Gen.Choose(0, 1), (children, child) => children.Ask(child), (zombies, child) =>
            (With(zombies, child, false), child == 0 ? zombies.Ours : zombies.Theirs)),
    ];

    private static Zombies With(Zombies zombies, int child, bool ended) => child == 0 ? zombies with { Ours = ended } : zombies with { Theirs = ended };
}

[Broken("reaps with waitpid(-1) when SIGCHLD comes: it takes the exit status of another library's child too", "Sequential")]
public sealed class ReaperTakesAllChildren : ChildrenContract
{
    protected override IChildren NewSubject() => new Twin();

    private sealed class Twin : IChildren
    {
        private readonly bool[] _zombie = new bool[2];
        private bool _oursReaped;

        public bool End(int child)
        {
            lock (_zombie)
            {
                _zombie[child] = true;
                _oursReaped |= _zombie[0];
                Array.Clear(_zombie);       // while (waitpid(-1, …, WNOHANG) > 0)
                return true;
            }
        }

        public bool Ask(int child)
        {
            lock (_zombie)
            {
                bool ended = child == 0 ? _oursReaped : _zombie[1];
                if (child == 0) _oursReaped = false;
                return ended;
            }
        }
    }
}
