using ConcurrencySpecs.Contracts.Processes;

namespace ConcurrencySpecs.Contracts.SharedMemory;

/// <summary>A table of users: who dies leaves its place to another, and nobody has a place that another has.</summary>
public sealed class EstateOfUsers(Func<SharedUsers> make) : Estate
{
    private readonly SharedUsers _users = make();

    protected override void Die()
    {
        (int place, long word) = _users.SignIn();
        _users.SignOut(place, word);
    }

    protected override string? Live()
    {
        int beside = -1;
        var newcomer = new Thread(() => beside = _users.SignIn().Place);
        newcomer.Start();
        (int first, long word) = _users.SignIn();
        newcomer.Join();
        if (first == beside) return "two have one place";
        if (!_users.IsTaken(first)) return "the place of the living counts as free";
        if (IsMortalDead && IsTakenByDead(first, beside)) return "the place of the dead counts as taken";
        (int second, _) = _users.SignIn();
        if (first == second) return "two have one place";
        _users.SignOut(first, word);
        (int third, _) = _users.SignIn();
        if (third == second) return "two have one place";
        _users.SignOut(first, word);        // too late: another one's by now
        return third == first && !_users.IsTaken(third) ? "one who had left took the place of another away" : null;
    }

    // One who died while it signed in has not said when it was started: it is given the benefit of the doubt.
    private bool IsTakenByDead(int mine, int another)
    {
        for (int place = 0; place < _users.Places; place++)
            if (place != mine && place != another && _users.Table.IsKnown(place) && _users.IsTaken(place)) return true;
        return false;
    }
}
