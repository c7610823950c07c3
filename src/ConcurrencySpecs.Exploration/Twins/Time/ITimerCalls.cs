using System.ComponentModel;

namespace ConcurrencySpecs.Exploration.Twins;

/// <summary>Stands for the calls of <see cref="ITimer"/>: an interface, which inside an exploration is borne by the twin of Timer
/// or by the program's own clocks.</summary>
[CallsOf(typeof(ITimer)), EditorBrowsable(EditorBrowsableState.Never)]
[Passes("*")]
public static class ITimerCalls;
