using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.Loader;

namespace ConcurrencySpecs.Exploration.Rewriting;

/// <summary>One explorer's own copy of a program: its rewritten assemblies, their types and their statics.</summary>
/// <remarks>
/// A context serves one exploration at a time and is kept for the next one with the same root; loading takes a fraction of a millisecond
/// once the images are rewritten. Module initialisers run once per context. It is never unloaded: the runtime holds on to compiled statics.
/// </remarks>
internal sealed class TwinContext : AssemblyLoadContext
{
    private static readonly ConcurrentDictionary<string, ConcurrentBag<TwinContext>> _idle = new();

    private readonly string _key;
    private readonly Dictionary<string, RewrittenImage> _images = [];

    private TwinContext(Assembly root, AssemblyScope scope, string key, IReadOnlyCollection<string> allowed) : base($"twins of {root.GetName().Name}")
    {
        (Scope, _key) = (scope, key);
        foreach (Assembly assembly in scope.Twinned) _images[assembly.GetName().Name!] = ImageCache.Of(assembly, scope, allowed);
        Map = new TwinMap(this);
    }

    public AssemblyScope Scope { get; }

    /// <summary>From the types and methods outside to their twins.</summary>
    public TwinMap Map { get; }

    public StaticState Statics { get; } = new();

    /// <summary>Every refused call of every image, reached or not; those inside the framework's own parts are nobody's to mend and left out.</summary>
    public IEnumerable<UncontrolledCall> Uncontrolled =>
        _images.Where(image => !AssemblyScope.IsExplored(image.Key)).SelectMany(image => image.Value.Uncontrolled);

    /// <summary>A context for <paramref name="root"/> that nobody else uses until <see cref="Return"/>.</summary>
    public static TwinContext Rent(Assembly root, ExplorationOptions options)
    {
        var scope = new AssemblyScope(root, options.RewrittenToo, options.LeftOut);
        string key = $"{root.ManifestModule.ModuleVersionId}|{scope.Key}|{string.Join(',', options.Allowed)}";
        return _idle.TryGetValue(key, out ConcurrentBag<TwinContext>? idle) && idle.TryTake(out TwinContext? context)
            ? context : new TwinContext(root, scope, key, [.. options.Allowed]);
    }

    /// <summary>Gives the context back. One whose threads were lost must not come back: they may still run in it.</summary>
    public void Return() => _idle.GetOrAdd(_key, _ => []).Add(this);

    /// <summary>Whether <paramref name="assembly"/> belongs to this context.</summary>
    public bool Owns(Assembly assembly) => GetLoadContext(assembly) == this;

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (!_images.TryGetValue(assemblyName.Name!, out RewrittenImage? image))
            return Scope.LoadContext == Default ? null : Scope.LoadContext.LoadFromAssemblyName(assemblyName);
        using var code = new MemoryStream(image.Image);
        using MemoryStream? symbols = image.Symbols is null ? null : new MemoryStream(image.Symbols);
        return LoadFromStream(code, symbols);
    }
}
