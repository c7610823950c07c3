using ConcurrencySpecs.Locks;
using ConcurrencySpecs.Testing;
using FsCheck.Fluent;

namespace ConcurrencySpecs.Contracts.Locks;

/// <summary>The calls that every <see cref="Waitable"/> has, with what they give in a report.</summary>
internal static class WaitableCalls
{
    private static readonly TimeSpan _soon = TimeSpan.FromTicks(1);

    public static bool Wait(Waitable at, CancellationToken cancel)
    {
        at.Wait(cancel);
        return true;
    }

    public static bool WaitSoon(Waitable at) => at.TryWait(_soon);

    /// <summary>False when a token, cancelled by another thread at any moment of the call, has ended it.</summary>
    public static bool WaitCutShort(Waitable at)
    {
        using var source = new CancellationTokenSource();
        var cancelling = new Thread(source.Cancel);
        cancelling.Start();
        try
        {
            at.Wait(source.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
        finally
        {
            cancelling.Join();
        }
    }
}

/// <summary>What a semaphore owes: never more inside than units, nobody waits while there is one, and a release too many changes nothing.</summary>
public sealed class CountingSemaphoreContract : ConcurrentSpec<CountingSemaphore, int>
{
    private const int Maximum = 2;

    protected override CountingSemaphore NewSubject() => new(initial: 1, Maximum);

    protected override int InitialState => 1;

    protected override IEnumerable<Operation<CountingSemaphore, int>> Operations =>
    [
        Operation("Wait", WaitableCalls.Wait, units => units > 0 ? (units - 1, true) : Step.Waits),
        Operation("TryWait", semaphore => semaphore.TryWait(), units => units > 0 ? (units - 1, true) : (units, false)),
        Operation("Wait within a tick", WaitableCalls.WaitSoon, units => units > 0 ? (units - 1, true) : (units, false)),
        Operation("Wait cut short", WaitableCalls.WaitCutShort, units => units > 0 ? Step.OneOf((units - 1, true), (units, false)) : (units, false)),
        Operation("Release", Gen.Choose(1, 2), Release, (units, count) => units + count <= Maximum ? (units + count, true) : (units, false)),
    ];

    protected override Operation<CountingSemaphore, int> LastLook => Operation("CurrentCount", semaphore => semaphore.CurrentCount, units => (units, units));

    private static bool Release(CountingSemaphore semaphore, int count)
    {
        try
        {
            semaphore.Release(count);
            return true;
        }
        catch (SemaphoreFullException)
        {
            return false;
        }
    }
}

/// <summary>What a gate owes that stays set: whoever comes while it is set goes through, and nobody else.</summary>
public sealed class ManualGateContract : ConcurrentSpec<ManualGate, bool>
{
    protected override ManualGate NewSubject() => new();

    protected override bool InitialState => false;

    protected override IEnumerable<Operation<ManualGate, bool>> Operations =>
    [
        Operation("Wait", WaitableCalls.Wait, set => set ? (true, true) : Step.Waits),
        Operation("TryWait", gate => gate.TryWait(), set => (set, set)),
        Operation("Wait within a tick", WaitableCalls.WaitSoon, set => (set, set)),
        Operation("Set", gate => Done(gate.Set), _ => (true, true)),
        Operation("Reset", gate => Done(gate.Reset), _ => (false, true)),
    ];

    private static bool Done(Action action)
    {
        action();
        return true;
    }
}

/// <summary>What a gate owes that lets one through: as many go through as it was set, when no two settings met.</summary>
public sealed class AutoGateContract : ConcurrentSpec<AutoGate, bool>
{
    protected override AutoGate NewSubject() => new();

    protected override bool InitialState => false;

    protected override IEnumerable<Operation<AutoGate, bool>> Operations =>
    [
        Operation("Wait", WaitableCalls.Wait, set => set ? (false, true) : Step.Waits),
        Operation("TryWait", gate => gate.TryWait(), set => (false, set)),
        Operation("Wait within a tick", WaitableCalls.WaitSoon, set => (false, set)),
        Operation("Wait cut short", WaitableCalls.WaitCutShort, set => set ? Step.OneOf((false, true), (true, false)) : (false, false)),
        Operation("Set", Set, _ => (true, true)),
    ];

    protected override Operation<AutoGate, bool> LastLook => Operation("IsSet", gate => gate.IsSet, set => (set, set));

    private static bool Set(AutoGate gate)
    {
        gate.Set();
        return true;
    }
}

/// <summary>What a latch owes: closed until the last signal, open ever after, and a signal too many changes nothing.</summary>
public sealed class CountdownLatchContract : ConcurrentSpec<CountdownLatch, int>
{
    private const int Signals = 3;

    protected override CountdownLatch NewSubject() => new(Signals);

    protected override int InitialState => Signals;

    protected override IEnumerable<Operation<CountdownLatch, int>> Operations =>
    [
        Operation("Wait", WaitableCalls.Wait, left => left == 0 ? (0, true) : Step.Waits),
        Operation("Wait within a tick", WaitableCalls.WaitSoon, left => (left, left == 0)),
        Operation<int, bool?>("Signal", Gen.Choose(1, 2), Signal, (left, count) => count <= left ? (left - count, left == count) : (left, null)),
    ];

    // Null for a signal too many.
    private static bool? Signal(CountdownLatch latch, int count)
    {
        try
        {
            return latch.Signal(count);
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
