using System.Reflection;
using ConcurrencySpecs.Exploration.Hooks;
using Mono.Cecil;

namespace ConcurrencySpecs.Exploration.Rewriting;

/// <summary>The methods that rewritten code calls, as references of one module.</summary>
internal sealed class HookReferences(ModuleDefinition module)
{
    private readonly TypeReference _perThread = module.ImportReference(typeof(PerThread<>));
    private readonly Dictionary<string, MethodReference> _generic = [];

    public MethodReference Read { get; } = module.ImportReference(TwinCatalog.Memory(nameof(Memory.Read)));
    public MethodReference Write { get; } = module.ImportReference(TwinCatalog.Memory(nameof(Memory.Write)));
    public MethodReference VolatileRead { get; } = module.ImportReference(TwinCatalog.Memory(nameof(Memory.VolatileRead)));
    public MethodReference VolatileWrite { get; } = module.ImportReference(TwinCatalog.Memory(nameof(Memory.VolatileWrite)));
    public MethodReference At { get; } = module.ImportReference(TwinCatalog.Memory(nameof(Memory.At)));
    public MethodReference Turn { get; } = module.ImportReference(TwinCatalog.Memory(nameof(Memory.Turn)));
    public MethodReference Deeper { get; } = module.ImportReference(TwinCatalog.Memory(nameof(Memory.Deeper)));
    public MethodReference Limit { get; } = module.ImportReference(TwinCatalog.Hook(typeof(Twins.EnvironmentCalls), nameof(Twins.EnvironmentCalls.Limit)));
    public MethodReference Hit { get; } = module.ImportReference(TwinCatalog.Hook(typeof(CoverageHits), nameof(CoverageHits.Hit)));
    public MethodReference Enter { get; } =
        module.ImportReference(typeof(Twins.Monitor).GetMethod(nameof(Twins.Monitor.Enter), [typeof(object), typeof(bool).MakeByRefType()]));
    public MethodReference Exit { get; } = module.ImportReference(TwinCatalog.Hook(typeof(Twins.Monitor), nameof(Twins.Monitor.Exit)));
    public MethodReference EnterCallback { get; } = module.ImportReference(TwinCatalog.Hook(typeof(Callbacks), nameof(Callbacks.Enter)));
    public MethodReference LeaveCallback { get; } = module.ImportReference(TwinCatalog.Hook(typeof(Callbacks), nameof(Callbacks.Leave)));
    public MethodReference TypeOf { get; } = module.ImportReference(typeof(Type).GetMethod(nameof(Type.GetTypeFromHandle)));
    public MethodReference Reached { get; } = module.ImportReference(TwinCatalog.Hook(typeof(Uncontrolled), nameof(Uncontrolled.Reached)));
    public MethodReference Gone { get; } = module.ImportReference(TwinCatalog.Hook(typeof(Uncontrolled), nameof(Uncontrolled.Gone)));

    public MethodReference Access(bool write, bool isVolatile) => write ? isVolatile ? VolatileWrite : Write : isVolatile ? VolatileRead : Read;

    /// <summary>A method of <see cref="Torn"/> for values of type <paramref name="value"/>.</summary>
    public MethodReference Struct(string name, TypeReference value) => Generic(typeof(Torn), name, value);

    /// <summary>A generic hook for <paramref name="value"/>.</summary>
    public MethodReference Generic(Type type, string name, TypeReference value)
    {
        if (!_generic.TryGetValue(name, out MethodReference? open))
            _generic[name] = open = module.ImportReference(TwinCatalog.Hook(type, name));
        var instance = new GenericInstanceMethod(open);
        instance.GenericArguments.Add(value);
        return instance;
    }

    /// <summary>The holder type of a [ThreadStatic] field of type <paramref name="value"/>.</summary>
    public TypeReference HolderOf(TypeReference value)
    {
        var holder = new GenericInstanceType(_perThread);
        holder.GenericArguments.Add(value);
        return holder;
    }

    /// <summary><c>ref T PerThread&lt;T&gt;.Of(ref PerThread&lt;T&gt;)</c> for values of type <paramref name="value"/>.</summary>
    public MethodReference SlotOf(TypeReference value)
    {
        MethodInfo of = TwinCatalog.Hook(typeof(PerThread<>), nameof(PerThread<int>.Of));
        MethodReference open = module.ImportReference(of);
        var reference = new MethodReference(open.Name, open.ReturnType, HolderOf(value)) { HasThis = false };
        foreach (ParameterDefinition parameter in open.Parameters) reference.Parameters.Add(new ParameterDefinition(parameter.ParameterType));
        return reference;
    }
}
