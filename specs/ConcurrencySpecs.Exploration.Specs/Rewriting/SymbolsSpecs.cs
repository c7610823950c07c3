using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using ConcurrencySpecs.Exploration.Rewriting;

/// <summary>What a debugger goes by: where it sets a breakpoint and what it shows there, read by the platform's own reader and not by the one that wrote it.</summary>
public sealed class The_symbols_of_rewritten_code
{
    private static readonly (Method[] Before, Method[] After) _methods = Read();

    public static IEnumerable<string> Names => _methods.Before.Select(method => method.Name);

    [Fact]
    public void are_there_for_every_method() => Assert.Empty(Names.Except(_methods.After.Select(method => method.Name)));

    [Fact]
    public void have_every_line_that_can_be_stopped_at_in_the_same_order() => AssertSame(method => method.Lines);

    [Fact]
    public void have_the_same_locals_in_the_same_scopes() => AssertSame(method => method.Locals);

    [Fact]
    public void tell_async_methods_and_iterators_from_their_state_machines() => AssertSame(method => method.Kickoff);

    [Fact]
    public void stop_at_the_beginning_of_an_instruction() =>
        Assert.All(_methods.After, method => Assert.True(method.Offsets.IsSubsetOf(method.Instructions), method.Name));

    [Fact]
    public void begin_where_the_method_begins_unless_that_is_a_loop()
    {
        Dictionary<string, Method> after = _methods.After.ToDictionary(method => method.Name);
        Assert.All(_methods.Before.Where(method => method.Offsets.Contains(0) && !method.BeginsWithLoop),
            method => Assert.Contains(0, after[method.Name].Offsets));
    }

    [Fact]
    public void stand_in_the_image_too_for_a_debugger_that_looks_only_there()
    {
        RewrittenImage image = Rewritten(typeof(The_symbols_of_rewritten_code).Assembly);
        using var file = new PEReader(new MemoryStream(image.Image));
        DebugDirectoryEntry[] entries = [.. file.ReadDebugDirectory()];
        using MetadataReaderProvider inside =
            file.ReadEmbeddedPortablePdbDebugDirectoryData(entries.Single(entry => entry.Type == DebugDirectoryEntryType.EmbeddedPortablePdb));
        DebugDirectoryEntry link = entries.Single(entry => entry.Type == DebugDirectoryEntryType.CodeView);
        Assert.Equal(image.Symbols, Bytes(inside.GetMetadataReader()));
        Assert.Equal(new BlobContentId(inside.GetMetadataReader().DebugMetadataHeader!.Id),
            new BlobContentId(file.ReadCodeViewDebugDirectoryData(link).Guid, link.Stamp));
    }

    private static unsafe byte[] Bytes(MetadataReader symbols) => new ReadOnlySpan<byte>(symbols.MetadataPointer, symbols.MetadataLength).ToArray();

    private static void AssertSame(Func<Method, string> part)
    {
        Dictionary<string, string> after = _methods.After.ToDictionary(method => method.Name, part);
        Assert.NotEmpty(_methods.Before);
        Assert.Contains(_methods.Before, method => part(method).Length > 0);
        Assert.All(_methods.Before, method => Assert.Equal(part(method), after[method.Name]));
    }

    private static (Method[] Before, Method[] After) Read()
    {
        Assembly assembly = typeof(The_symbols_of_rewritten_code).Assembly;
        RewrittenImage image = Rewritten(assembly);
        return (Of(File.ReadAllBytes(assembly.Location), File.ReadAllBytes(Path.ChangeExtension(assembly.Location, ".pdb"))), Of(image.Image, image.Symbols!));
    }

    private static RewrittenImage Rewritten(Assembly assembly) => ImageCache.Of(assembly, new AssemblyScope(assembly, [], []), []);

    private static Method[] Of(byte[] image, byte[] symbols)
    {
        using var executable = new PEReader(new MemoryStream(image));
        using MetadataReaderProvider provider = MetadataReaderProvider.FromPortablePdbStream(new MemoryStream(symbols));
        using var module = Mono.Cecil.ModuleDefinition.ReadModule(new MemoryStream(image));
        MetadataReader code = executable.GetMetadataReader(), debug = provider.GetMetadataReader();
        var names = code.MethodDefinitions.ToDictionary(handle => handle, handle => NameOf(code, code.GetMethodDefinition(handle)));
        var used = new Dictionary<string, int>();
        var methods = new List<Method>();
        foreach (MethodDefinitionHandle handle in code.MethodDefinitions)
        {
            MethodDebugInformation points = debug.GetMethodDebugInformation(handle.ToDebugInformationHandle());
            if (points.SequencePointsBlob.IsNil) continue;
            int same = used[names[handle]] = used.GetValueOrDefault(names[handle]) + 1;      // overloads keep their order
            SequencePoint[] lines = [.. points.GetSequencePoints()];
            MethodDefinitionHandle kickoff = points.GetStateMachineKickoffMethod();
            Mono.Cecil.Cil.Instruction[] instructions =
                [.. ((Mono.Cecil.MethodDefinition)module.LookupToken(MetadataTokens.GetToken(handle))).Body.Instructions];
            methods.Add(new Method(
                $"{names[handle]} {same}",
                string.Join(' ', lines.Select(line => $"{debug.GetString(debug.GetDocument(line.Document).Name)}:{line.StartLine}.{line.StartColumn}-"
                    + $"{line.EndLine}.{line.EndColumn}")),
                string.Join(' ', debug.GetLocalScopes(handle).SelectMany(scope => debug.GetLocalScope(scope).GetLocalVariables()
                    .Select(local => debug.GetString(debug.GetLocalVariable(local).Name)))),
                kickoff.IsNil ? "" : names[kickoff],
                [.. lines.Select(line => line.Offset)],
                [.. instructions.Select(instruction => instruction.Offset)],
                instructions.SelectMany(i => i.Operand as Mono.Cecil.Cil.Instruction?[] ?? [i.Operand as Mono.Cecil.Cil.Instruction])
                    .Any(target => target is { Offset: 0 })));
        }

        return [.. methods];
    }

    private static string NameOf(MetadataReader code, MethodDefinition method)
    {
        TypeDefinition type = code.GetTypeDefinition(method.GetDeclaringType());
        string owner = code.GetString(type.Name);
        for (TypeDefinitionHandle outer = type.GetDeclaringType(); !outer.IsNil; outer = code.GetTypeDefinition(outer).GetDeclaringType())
            owner = $"{code.GetString(code.GetTypeDefinition(outer).Name)}.{owner}";
        return $"{code.GetString(type.Namespace)}.{owner}.{code.GetString(method.Name).Replace('$', '.')}";        // a static constructor's body is in $cctor
    }

    private sealed record Method(string Name, string Lines, string Locals, string Kickoff, HashSet<int> Offsets, HashSet<int> Instructions,
        bool BeginsWithLoop);
}
