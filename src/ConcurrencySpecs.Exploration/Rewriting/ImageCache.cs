using System.Collections.Concurrent;
using System.Reflection;

namespace ConcurrencySpecs.Exploration.Rewriting;

/// <summary>Every image is rewritten once per process, however many explorers load it.</summary>
internal static class ImageCache
{
    private static readonly ConcurrentDictionary<string, Lazy<RewrittenImage>> _images = new();

    /// <summary>The rewritten image of <paramref name="assembly"/>, by module version, the assemblies rewritten with it and the calls allowed.</summary>
    public static RewrittenImage Of(Assembly assembly, AssemblyScope scope, IReadOnlyCollection<string> allowed)
    {
        string key = $"{assembly.ManifestModule.ModuleVersionId}|{scope.Key}|{string.Join(',', allowed)}";
        return _images.GetOrAdd(key, _ => new Lazy<RewrittenImage>(() => Make(assembly, scope, allowed))).Value;
    }

    /// <summary>Rewrites the file of an assembly, without the cache.</summary>
    /// <exception cref="ExplorationRefusedException">The file is not the one that was loaded.</exception>
    public static RewrittenImage Make(Assembly assembly, AssemblyScope scope, IReadOnlyCollection<string> allowed)
    {
        byte[] image = File.ReadAllBytes(assembly.Location);
        string symbols = Path.ChangeExtension(assembly.Location, ".pdb");
        return ModuleRewriter.Rewrite(image, File.Exists(symbols) ? File.ReadAllBytes(symbols) : null, scope, allowed, assembly.ManifestModule.ModuleVersionId);
    }
}
