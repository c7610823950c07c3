using System.Reflection;
using System.Runtime.Loader;
using Mono.Cecil;

namespace ConcurrencySpecs.Exploration.Rewriting;

/// <summary>Finds definitions in the other assemblies of one closure; shared assemblies are asked by reflection, which is far cheaper.</summary>
internal sealed class TwinResolver(AssemblyScope scope) : IAssemblyResolver
{
    private readonly Dictionary<string, AssemblyDefinition?> _read = [];
    private readonly Dictionary<string, Assembly?> _loaded = [];

    /// <summary>The definition of a type in a twinned assembly; null for the types of shared ones.</summary>
    public TypeDefinition? Find(TypeReference type)
    {
        TypeReference outer = type;
        while (outer.DeclaringType is not null) outer = outer.DeclaringType;
        if (outer.Scope is not AssemblyNameReference name || scope.FileOf(name.Name) is null) return null;
        if (!_read.TryGetValue(name.Name, out AssemblyDefinition? assembly))
        {
            assembly = Resolve(name);
        }

        return assembly!.MainModule.GetType(type.FullName);
    }

    /// <summary>A shared assembly as this process has it.</summary>
    public Assembly? Load(AssemblyNameReference name)
    {
        if (_loaded.TryGetValue(name.Name, out Assembly? found)) return found;
        try
        {
            found = scope.LoadContext.LoadFromAssemblyName(new AssemblyName(name.Name));
        }
        catch (IOException)
        {
            found = null;       // referenced and absent: code that needs it cannot run here either
        }

        return _loaded[name.Name] = found;
    }

    public bool IsTwinned(string assembly) => scope.FileOf(assembly) is not null;

    public AssemblyDefinition Resolve(AssemblyNameReference name) => Resolve(name, new ReaderParameters());

    /// <summary>Cecil asks for the definition itself only where it writes a constant of an enum type of another assembly.</summary>
    /// <exception cref="AssemblyResolutionException">The assembly is absent or has no file.</exception>
    public AssemblyDefinition Resolve(AssemblyNameReference name, ReaderParameters parameters)
    {
        if (_read.TryGetValue(name.Name, out AssemblyDefinition? known) && known is not null) return known;
        string? file = scope.FileOf(name.Name) ?? (Load(name) is { Location.Length: > 0 } loaded ? loaded.Location : null);
        if (file is null) throw new AssemblyResolutionException(name);
        var read = AssemblyDefinition.ReadAssembly(file, new ReaderParameters { AssemblyResolver = this, ReadingMode = ReadingMode.Deferred });
        _read[name.Name] = read;
        return read;
    }

    public void Dispose()
    {
        foreach (AssemblyDefinition? assembly in _read.Values) assembly?.Dispose();
    }
}
