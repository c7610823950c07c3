using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace ConcurrencySpecs.Exploration.Rewriting;

/// <summary>Rewrites one assembly in memory so that the explorer controls every step of it.</summary>
/// <remarks>
/// <para>Promise — the twin computes what the original computes; lines, names, strong names and friend assemblies stay as they were.</para>
/// <para>Cost — about 1 ms per 10 KB once warm; the first rewriting of a process also compiles the rewriter.</para>
/// </remarks>
internal static class ModuleRewriter
{
    public static RewrittenImage Rewrite(byte[] image, byte[]? symbols, AssemblyScope scope, IReadOnlyCollection<string> allowed, Guid version)
    {
        using var resolver = new TwinResolver(scope);
        var reading = new ReaderParameters { ReadingMode = ReadingMode.Deferred, InMemory = true, AssemblyResolver = resolver };
        using AssemblyDefinition assembly = AssemblyDefinition.ReadAssembly(new MemoryStream(image), reading);
        ReadSymbols(assembly.MainModule, symbols);
        if (assembly.MainModule.Mvid != version) throw new ExplorationRefusedException(
            $"The file of {assembly.Name.Name} is not the one that this process loaded: it was built again meanwhile. Run again.");
        var uncontrolled = new List<UncontrolledCall>();
        Rewrite(assembly.MainModule, allowed, uncontrolled, new CoverageTrackers(scope.Original(assembly.Name.Name)));
        return Write(assembly, new MemoryStream(2 * image.Length), uncontrolled);
    }

    // Symbols beside the file or inside it; those of another build, or of the old format, are left alone.
    private static void ReadSymbols(ModuleDefinition module, byte[]? symbols)
    {
        if (symbols is not null && symbols.AsSpan().StartsWith("BSJB"u8))
            module.ReadSymbols(new PortablePdbReaderProvider().GetSymbolReader(module, new MemoryStream(symbols)), throwIfSymbolsAreNotMaching: false);
        else if (module.HasDebugHeader && module.GetDebugHeader().Entries.Any(entry => entry.Directory.Type == ImageDebugType.EmbeddedPortablePdb))
            module.ReadSymbols(new EmbeddedPortablePdbReaderProvider().GetSymbolReader(module, ""), throwIfSymbolsAreNotMaching: false);
    }

    private static void Rewrite(ModuleDefinition module, IReadOnlyCollection<string> allowed, List<UncontrolledCall> uncontrolled, CoverageTrackers trackers)
    {
        TypeDefinition[] types = module.GetTypes().Where(type => !CoverageTrackers.Owns(type)).ToArray();
        MethodDefinition[] methods = types.SelectMany(type => type.Methods).Where(method => method.HasBody).ToArray();
        foreach (MethodDefinition method in methods) method.Body.SimplifyMacros();

        TwinCatalog catalog = TwinCatalog.Default;
        var settled = new SettledFields(methods);
        var fields = new FieldRules(settled);
        foreach (FieldDefinition field in types.SelectMany(type => type.Fields)) fields.Of(field);       // before statics lose their readonly

        AssemblyNameReference exploration = AddExploration(module);
        var redirection = new TypeRedirection(module, catalog, exploration);
        var hooks = new HookReferences(module);
        var calls = new CallRules(module, redirection, catalog, new UncontrolledPolicy(catalog, allowed), trackers);
        var rewriter = new MethodRewriter(hooks, calls, fields, new AccessHooks(module, hooks, fields), new OpaqueHooks(module, hooks),
            new Recursion(methods), new Callbacks(methods), uncontrolled);
        foreach (MethodDefinition method in methods) rewriter.Rewrite(method);
        foreach (FieldDefinition field in types.SelectMany(type => type.Fields).Where(FieldRules.IsPerThread))
        {
            field.FieldType = hooks.HolderOf(field.FieldType);
            RemoveThreadStatic(field);
        }

        var statics = new StaticsPass(module);
        foreach (TypeDefinition type in types) statics.Apply(type);
        AddAccessTo(module, exploration);
    }

    private static AssemblyNameReference AddExploration(ModuleDefinition module)
    {
        System.Reflection.AssemblyName name = typeof(ModuleRewriter).Assembly.GetName();
        if (module.AssemblyReferences.FirstOrDefault(reference => reference.Name == name.Name) is { } known) return known;
        var added = new AssemblyNameReference(name.Name, name.Version) { PublicKeyToken = name.GetPublicKeyToken() };
        module.AssemblyReferences.Add(added);
        return added;
    }

    private static void RemoveThreadStatic(FieldDefinition field)
    {
        foreach (CustomAttribute attribute in field.CustomAttributes.Where(a => a.AttributeType.FullName == "System.ThreadStaticAttribute").ToArray())
            field.CustomAttributes.Remove(attribute);
    }

    // Hooks and twins are internal to the explorer. The runtime, though no compiler, lets an assembly declare that it looks behind another's walls.
    private static void AddAccessTo(ModuleDefinition module, AssemblyNameReference exploration)
    {
        const string name = "IgnoresAccessChecksToAttribute";
        TypeSystem types = module.TypeSystem;
        var attribute = new TypeDefinition("System.Runtime.CompilerServices", name, TypeAttributes.NotPublic | TypeAttributes.Sealed,
            module.ImportReference(typeof(Attribute)));
        var constructor = new MethodDefinition(".ctor",
            MethodAttributes.Public | MethodAttributes.HideBySig | MethodAttributes.SpecialName | MethodAttributes.RTSpecialName, types.Void);
        constructor.Parameters.Add(new ParameterDefinition(types.String));
        ILProcessor il = constructor.Body.GetILProcessor();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Call,
            module.ImportReference(typeof(Attribute).GetConstructor(System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.NonPublic, [])));
        il.Emit(OpCodes.Ret);
        attribute.Methods.Add(constructor);
        module.Types.Add(attribute);
        var use = new CustomAttribute(constructor);
        use.ConstructorArguments.Add(new CustomAttributeArgument(types.String, exploration.Name));
        module.Assembly.CustomAttributes.Add(use);
    }

    private static RewrittenImage Write(AssemblyDefinition assembly, MemoryStream image, List<UncontrolledCall> uncontrolled)
    {
        ModuleDefinition module = assembly.MainModule;
        if ((module.Attributes & ModuleAttributes.ILOnly) == 0)
        {
            module.Architecture = TargetArchitecture.I386;      // a ReadyToRun image carries machine code that the new IL makes void
            module.Attributes = ModuleAttributes.ILOnly;
        }

        module.Attributes &= ~ModuleAttributes.StrongNameSigned;
        EmbeddedSymbols? symbols = module.HasSymbols ? new EmbeddedSymbols() : null;
        assembly.Write(image, new WriterParameters { WriteSymbols = module.HasSymbols, SymbolWriterProvider = symbols });
        return new RewrittenImage(image.ToArray(), symbols?.ToArray(), uncontrolled);
    }
}
