using ConcurrencySpecs.Contracts.Timeouts;

namespace ConcurrencySpecs.Broken.Timeouts;

/// <summary>Work with a limit, correct as it stands; each twin overrides who decides.</summary>
internal abstract class LimitedTwin : ILimited
{
    protected const int Running = 0, Completed = 1, Expired = 2;
    protected int State;
    protected int Told;

    public bool IsTold => Volatile.Read(ref Told) == 1;

    public abstract bool Complete();

    public abstract void Pass();
}

[Broken("looks at the state and changes it in two steps: completion and expiry both win", "Interleavings")]
public sealed class DeadlineDecidesInTwoSteps : LimitedContract
{
    protected override ILimited NewSubject() => new Twin();

    private sealed class Twin : LimitedTwin
    {
        public override bool Complete()
        {
            if (Volatile.Read(ref State) == Expired) return false;
            Volatile.Write(ref State, Completed);
            return true;
        }

        public override void Pass()
        {
            if (Volatile.Read(ref State) == Completed) return;
            Volatile.Write(ref State, Expired);
            Volatile.Write(ref Told, 1);
        }
    }
}

[Broken("tells the expiry without asking whether the work has returned in time: a late fire", "Sequential", "Interleavings")]
public sealed class DeadlineFiresAfterReturn : LimitedContract
{
    protected override ILimited NewSubject() => new Twin();

    private sealed class Twin : LimitedTwin
    {
        public override bool Complete() => Interlocked.CompareExchange(ref State, Completed, Running) != Expired;

        public override void Pass()
        {
            Interlocked.CompareExchange(ref State, Expired, Running);
            Volatile.Write(ref Told, 1);
        }
    }
}

[Broken("returns the expiry while it is still being told: a callback runs after the call has returned", "Interleavings")]
public sealed class DeadlineReturnsBeforeItHasTold : LimitedContract
{
    protected override ILimited NewSubject() => new Twin();

    private sealed class Twin : LimitedTwin
    {
        public override bool Complete() => Interlocked.CompareExchange(ref State, Completed, Running) != Expired;

        public override void Pass()
        {
            if (Interlocked.CompareExchange(ref State, Expired, Running) == Running) Volatile.Write(ref Told, 1);
        }
    }
}
