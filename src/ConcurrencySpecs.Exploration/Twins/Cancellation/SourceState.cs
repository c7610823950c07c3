using System.Runtime.CompilerServices;
using ConcurrencySpecs.Exploration.Scheduling;

namespace ConcurrencySpecs.Exploration.Twins;

/// <summary>A CancellationTokenSource as others see it: cancelling and registering are changes, asking and waiting are looks.</summary>
internal sealed class SourceState : Gate
{
    private readonly Dictionary<CancellationTokenRegistration, Callback> _callbacks = [];
    private readonly List<CancellationTokenRegistration> _links = [];
    private CancellationTokenSource _source = null!;

    private protected override long Opening => _source.IsCancellationRequested ? 1 : 0;
    internal override string Noun => "CancellationTokenSource";

    public bool HasBeenCancelled => _source.IsCancellationRequested;

    /// <summary>Which CancelAfter is the latest; earlier ones have no effect.</summary>
    public int Deadline { get; set; }

    /// <summary>The token's wait handle, once somebody has asked for it.</summary>
    public WaitHandle? Handle { get; set; }

    public static SourceState Of(CancellationTokenSource source)
    {
        SourceState state = Steps.StateOf<SourceState>(source);
        state._source = source;
        return state;
    }

    /// <summary>The state of the source behind a token that can be cancelled.</summary>
    public static SourceState Of(CancellationToken token) => Of(SourceOf(ref token)!);

    public void Remember(CancellationTokenRegistration registration, Callback callback) => _callbacks[registration] = callback;
    public Callback? CallbackOf(CancellationTokenRegistration registration) => _callbacks.GetValueOrDefault(registration);

    public void LinkedBy(CancellationTokenRegistration registration) => _links.Add(registration);

    /// <summary>Leaves the sources that this one was linked to; waits for one that is just cancelling it.</summary>
    public void Unlink()
    {
        foreach (CancellationTokenRegistration link in _links)
        {
            CancellationTokenRegistration one = link;
            CancellationTokenRegistrationCalls.Dispose(ref one);
        }
        _links.Clear();
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_source")]
    private static extern ref CancellationTokenSource? SourceOf(ref CancellationToken token);

    /// <summary>A callback of the program's; open, for those who wait, once it has returned.</summary>
    public sealed class Callback(Action body) : Gate
    {
        private bool _returned;

        public int Runner { get; private set; } = -1;
        private protected override long Opening => _returned ? 1 : 0;
        internal override string Noun => "cancellation callback";

        public void Call()
        {
            Runner = Steps.Me;
            try
            {
                body();
            }
            finally
            {
                Steps.Change(this, StepKind.Wake);
                _returned = true;
            }
        }
    }
}
