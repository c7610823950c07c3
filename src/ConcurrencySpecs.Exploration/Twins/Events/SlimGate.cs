using Real = System.Threading.WaitHandle;

namespace ConcurrencySpecs.Exploration.Twins;

/// <summary>A gate that can also be waited for as a <see cref="WaitHandle"/>, alone or together with others.</summary>
/// <remarks>Public only because twins that programs may inherit from are gates.</remarks>
public abstract class SlimGate : Gate
{
    private SlimHandle? _handle;

    /// <summary>The handle, made at first use like the real one; every time the same.</summary>
    private protected WaitHandle HandleOver(Func<Real> real)
    {
        Steps.Look(this);
        Real now = real();      // throws what the real one throws once it is disposed
        return _handle ??= new SlimHandle(now, new SlimState(this));
    }

    /// <summary>In the step that changed the gate: whoever waits for several handles looks again.</summary>
    private protected T Changed<T>(T result)
    {
        Changed();
        return result;
    }

    /// <inheritdoc cref="Changed{T}"/>
    private protected void Changed() => _handle?.Tell();

    private protected void DisposeHandle() => _handle?.Dispose();

    /// <summary>What the handle counts: nothing of its own. It is signalled while the gate is open, and a step on it is one on the gate.</summary>
    private sealed class SlimState(SlimGate gate) : HandleState(gate.Noun, 0, 1, consumed: false)
    {
        public override Gate On => gate;
        public override bool Signalled => gate.Opening != 0;
        public override bool TryTake() => Signalled;
    }

    private sealed class SlimHandle(Real real, SlimState state) : WaitHandle(real, state)
    {
        public void Tell() => State.Grow(0);

        // The real call sets the handle and leaves what it belongs to as it was: from then on the two disagree.
        internal override void Signal() => throw Rewriting.Uncontrolled.Refused(
            "WaitHandle.SignalAndWait", $"the handle of a {State.Noun} is signalled by what it belongs to; set that, then wait");
    }
}
