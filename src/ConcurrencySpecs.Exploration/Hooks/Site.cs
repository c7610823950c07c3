namespace ConcurrencySpecs.Exploration.Hooks;

/// <summary>Where an instrumented instruction stands in the source, and what it touches.</summary>
/// <param name="Method">The method, as a reader would write it: "TicketDesk.TrySell".</param>
/// <param name="File">The source file, or null for code without sources.</param>
/// <param name="Line">The line, 0 when unknown.</param>
/// <param name="What">The member: "_seats", "Monitor.Enter".</param>
/// <param name="Type">The type of the field or element, for printing its value; null when it is not known.</param>
/// <param name="Place">For a call that gets an address: whose, "FutexLock._state".</param>
internal sealed record Site(string Method, string? File, int Line, string What, Type? Type = null, string? Place = null);
