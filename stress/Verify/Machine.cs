using System.Runtime.InteropServices;

namespace ConcurrencySpecs.Stress.Verify;

/// <summary>What a figure depends on, without saying whose machine it is.</summary>
internal sealed record Machine(int Cores, string Architecture, string Runtime, string Os)
{
    public static Machine Here { get; } = new(
        Environment.ProcessorCount,
        RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant(),
        RuntimeInformation.FrameworkDescription,
        RuntimeInformation.OSDescription);

    public override string ToString() => $"{Phrases.Plural(Cores, "core")} · {Architecture} · {Runtime} · {Os}";
}
