using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace ConcurrencySpecs.Processes;

/// <summary>A type by its place in its assembly, so that another process of the same program finds it again.</summary>
/// <remarks>
/// By place and not by name, because a name has to be taken apart: the runtime's own parser compiles a dozen vectorised methods before the first
/// name is read, and a culture within it loads the library of all cultures. For a child that together is as long as its runtime takes to start.
/// </remarks>
/// <param name="Assembly">Its simple name: a program has one of that name in the context in which it runs.</param>
/// <param name="Build">Which build of the assembly the place belongs to.</param>
/// <param name="Token">The place; that of the definition, if the type is generic.</param>
/// <param name="Rank">0 for a type that is no array; -1 for an array from zero of one dimension; otherwise the dimensions.</param>
/// <param name="Parts">The type arguments of a generic type, the elements' type of an array.</param>
internal sealed record TypePlace(string Assembly, Guid Build, int Token, int Rank, TypePlace[] Parts)
{
    private const int FromZero = -1;

    public static TypePlace Of(Type type) => type.IsArray
        ? new("", default, 0, type.IsSZArray ? FromZero : type.GetArrayRank(), [Of(type.GetElementType()!)])
        : new(type.Assembly.GetName().Name!, type.Module.ModuleVersionId, type.MetadataToken, 0, All(type.GenericTypeArguments));

    public static TypePlace[] All(Type[] types) => Array.ConvertAll(types, Of);

    /// <exception cref="InvalidOperationException">The assembly is another build in this process.</exception>
    [RequiresUnreferencedCode(Payload.NeedsReflection), RequiresDynamicCode(Payload.NeedsReflection)]
    public Type Find()
    {
        Type[] parts = FindAll(Parts);
        if (Rank != 0) return Rank == FromZero ? parts[0].MakeArrayType() : parts[0].MakeArrayType(Rank);
        Module module = System.Reflection.Assembly.Load(new AssemblyName { Name = Assembly }).ManifestModule;
        if (module.ModuleVersionId != Build)
            throw new InvalidOperationException(
                $"{Assembly} is another build here than in the parent: it was rebuilt while the parent ran. Start the parent again.");
        Type found = module.ResolveType(Token);
        return parts.Length == 0 ? found : found.MakeGenericType(parts);
    }

    [RequiresUnreferencedCode(Payload.NeedsReflection), RequiresDynamicCode(Payload.NeedsReflection)]
    public static Type[] FindAll(TypePlace[] places)
    {
        var found = new Type[places.Length];
        for (int i = 0; i < found.Length; i++) found[i] = places[i].Find();
        return found;
    }

    public void Write(BinaryWriter to)
    {
        to.Write(Assembly);
        to.Write(Build.ToByteArray());
        to.Write(Token);
        to.Write(Rank);
        WriteAll(to, Parts);
    }

    public static TypePlace Read(BinaryReader from) =>
        new(from.ReadString(), new Guid(from.ReadBytes(16)), from.ReadInt32(), from.ReadInt32(), ReadAll(from));

    public static void WriteAll(BinaryWriter to, TypePlace[] places)
    {
        to.Write(places.Length);
        foreach (TypePlace place in places) place.Write(to);
    }

    public static TypePlace[] ReadAll(BinaryReader from)
    {
        var places = new TypePlace[from.ReadInt32()];
        for (int i = 0; i < places.Length; i++) places[i] = Read(from);
        return places;
    }
}
