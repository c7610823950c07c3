using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;

namespace ConcurrencySpecs.Exploration.Rewriting;

/// <summary>Every image is rewritten once per process, however many explorers load it.</summary>
internal static class ImageCache
{
    private static readonly ConcurrentDictionary<string, Lazy<RewrittenImage>> _images = new();

    private static long _bytes, _ticks;

    /// <summary>How much has been rewritten, and in what time; for figures.</summary>
    public static (long Bytes, TimeSpan Time) Spent => (Interlocked.Read(ref _bytes), new(Interlocked.Read(ref _ticks)));

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
        long began = Stopwatch.GetTimestamp();
        byte[] image = File.ReadAllBytes(assembly.Location);
        string symbols = Path.ChangeExtension(assembly.Location, ".pdb");
        RewrittenImage made =
            ModuleRewriter.Rewrite(image, File.Exists(symbols) ? File.ReadAllBytes(symbols) : null, scope, allowed, assembly.ManifestModule.ModuleVersionId);
        Interlocked.Add(ref _bytes, image.Length);
        Interlocked.Add(ref _ticks, Stopwatch.GetElapsedTime(began).Ticks);
        return made;
    }
}
