using System.ComponentModel;

namespace ConcurrencySpecs.Exploration.Twins;

/// <summary>Stands for <see cref="System.Threading.AutoResetEvent"/>: which waiter a signal lets through is a choice.</summary>
[TwinOf(typeof(System.Threading.AutoResetEvent)), EditorBrowsable(EditorBrowsableState.Never)]
public sealed class AutoResetEvent(bool initialState) : EventWaitHandle(initialState, EventResetMode.AutoReset);
