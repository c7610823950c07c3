namespace ConcurrencySpecs.Exploration;

/// <summary>An exploration could not begin: what it was given cannot be explored soundly. The message names the thing and says what to do.</summary>
/// <param name="message">What was refused, why, and what to do instead.</param>
public sealed class ExplorationRefusedException(string message) : Exception(message);
