using System.ComponentModel;

namespace ConcurrencySpecs.Exploration.Twins;

/// <summary>Stands for <see cref="System.Threading.ManualResetEvent"/>.</summary>
[TwinOf(typeof(System.Threading.ManualResetEvent)), EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ManualResetEvent(bool initialState) : EventWaitHandle(initialState, EventResetMode.ManualReset);
