namespace ConcurrencySpecs.Testing.RealThreads;

/// <summary>The result of a call that threw; equal to no result that a model gives.</summary>
internal sealed record Threw(string Exception, string Message)
{
    public static Threw From(Exception exception) => new(exception.GetType().Name, exception.Message);

    public override string ToString() => $"throws {Exception}: {Message}";
}
