using Mono.Cecil;
using Mono.Cecil.Cil;

namespace ConcurrencySpecs.Exploration.Rewriting;

/// <summary>Announces, in front of a call into shared code, what that code does to what threads share among its arguments.</summary>
internal sealed class OpaqueHooks(ModuleDefinition module, HookReferences hooks)
{
    private const int SpillBase = 100;      // one local per argument position and type, apart from those of other hooks

    private readonly OpaqueRules _rules = new();
    private readonly MethodReference _read = module.ImportReference(TwinCatalog.Hook(typeof(Opaque), nameof(Opaque.Read)));
    private readonly MethodReference _end = module.ImportReference(TwinCatalog.Hook(typeof(Callbacks), nameof(Callbacks.End)));
    private readonly MethodReference _readAlone = module.ImportReference(TwinCatalog.Hook(typeof(Opaque), nameof(Opaque.ReadAlone)));
    private readonly MethodReference _text = module.ImportReference(TwinCatalog.Hook(typeof(Opaque), nameof(Opaque.Text)));
    private readonly MethodReference _completes = module.ImportReference(TwinCatalog.Hook(typeof(Promptness), nameof(Promptness.Require)));
    private readonly MethodReference _token = module.ImportReference(TwinCatalog.Hook(typeof(Promptness), nameof(Promptness.Look)));
    private readonly MethodReference _write = module.ImportReference(TwinCatalog.Hook(typeof(Opaque), nameof(Opaque.Write)));

    /// <summary>What a call does to each slot of its stack; null if it touches nothing that threads could share.</summary>
    /// <param name="unit">The call with its prefixes.</param>
    /// <param name="method">What is called.</param>
    /// <param name="flow">The stack before it.</param>
    /// <param name="index">The call's index in the old body.</param>
    public Touch[]? TouchesOf(ReadOnlySpan<Instruction> unit, MethodReference method, StackFlow flow, int index)
    {
        Code code = unit[^1].OpCode.Code;
        if (code is not (Code.Call or Code.Callvirt or Code.Newobj)) return null;
        if (method.DeclaringType.Scope is not AssemblyNameReference || TypeShape.Definition(method.DeclaringType) is not null) return null;
        Touch[] touches = Touches(method, code == Code.Newobj, ConstraintOf(unit, method));
        for (int i = 0; i < touches.Length; i++)
        {
            if (touches[i] is Touch.ReadPlace or Touch.WritePlace && flow.IsStackAddress(index, touches.Length - 1 - i)) touches[i] = Touch.None;
        }

        return touches.AsSpan().ContainsAnyExcept(Touch.None) ? touches : null;
    }

    /// <summary>Puts the announcements of a call before it, and after it the word that it is over.</summary>
    /// <param name="editor">The body being written.</param>
    /// <param name="unit">The call with its prefixes.</param>
    /// <param name="method">What is called.</param>
    /// <param name="touches">What <see cref="TouchesOf"/> says of it.</param>
    /// <param name="site">The site of the call.</param>
    public void Hook(MethodEditor editor, ReadOnlySpan<Instruction> unit, MethodReference method, Touch[] touches, int site)
    {
        TypeReference? receiver = ConstraintOf(unit, method) ?? (method.HasThis && unit[^1].OpCode.Code != Code.Newobj ? method.DeclaringType : null);
        int lowest = touches.AsSpan().IndexOfAnyExcept(Touch.None);
        Instruction number = Instruction.Create(OpCodes.Ldc_I4, site);
        var before = new List<Instruction>();
        for (int i = touches.Length - 1; i > lowest; i--) before.Add(Instruction.Create(OpCodes.Stloc, Local(i)));
        Announce(lowest);
        for (int i = lowest + 1; i < touches.Length; i++)
        {
            before.Add(Instruction.Create(OpCodes.Ldloc, Local(i)));
            if (touches[i] != Touch.None) Announce(i);
        }

        editor.Before(unit, [.. before]);
        if (GoesThrough(touches) && unit[0].OpCode.Code != Code.Tail) editor.Add(Instruction.Create(OpCodes.Call, _end));

        void Announce(int slot)
        {
            before.Add(Instruction.Create(OpCodes.Dup));
            bool isReceiver = receiver is not null && slot == 0;
            TypeReference type = isReceiver ? receiver! : TypeOf(slot);
            if (isReceiver && touches[slot] is Touch.ReadSpan or Touch.WriteSpan or Touch.ReadBehind or Touch.WriteBehind) before.Add(Instruction.Create(OpCodes.Ldobj, type));
            before.Add(MethodEditor.Copy(number));
            before.Add(Instruction.Create(OpCodes.Call, HookOf(touches[slot], type)));
        }

        VariableDefinition Local(int slot) => editor.Spill(TypeOf(slot), SpillBase + slot);

        TypeReference TypeOf(int slot) => TypeShape.Inflate(
            method.Parameters[slot - (touches.Length - method.Parameters.Count)].ParameterType, method.DeclaringType, method as GenericInstanceMethod);
    }

    private static bool GoesThrough(Touch[] touches) =>
        touches.AsSpan().ContainsAny([Touch.Read, Touch.Write, Touch.Text, Touch.Completes, Touch.ReadBehind, Touch.WriteBehind]);

    private MethodReference HookOf(Touch touch, TypeReference type) => touch switch
    {
        Touch.Read => _read,
        Touch.ReadAlone => _readAlone,
        Touch.Text => _text,
        Touch.Completes => _completes,
        Touch.Token => _token,
        Touch.Write => _write,
        Touch.ReadBehind => hooks.Generic(typeof(Opaque), nameof(Opaque.ReadBehind), type),
        Touch.WriteBehind => hooks.Generic(typeof(Opaque), nameof(Opaque.WriteBehind), type),
        Touch.ReadPlace => hooks.Generic(typeof(Opaque), nameof(Opaque.ReadPlace), Pointee(type)),
        Touch.WritePlace => hooks.Generic(typeof(Opaque), nameof(Opaque.WritePlace), Pointee(type)),
        _ => OfSpan(touch, ((GenericInstanceType)type).GenericArguments[0], readOnly: type.Name.StartsWith("ReadOnly", StringComparison.Ordinal)),
    };

    private MethodReference OfSpan(Touch touch, TypeReference element, bool readOnly) => hooks.Generic(
        typeof(Opaque), touch == Touch.WriteSpan ? nameof(Opaque.WriteSpan) : readOnly ? nameof(Opaque.ReadSpan) : nameof(Opaque.ReadWritableSpan), element);

    // A call under `constrained.` gets the address of a value whose type is the constraint; what it calls on it is no method of a collection.
    private Touch[] Touches(MethodReference method, bool creates, TypeReference? constraint)
    {
        Touch[]? known = _rules.Of(method, creates);
        if (constraint is null) return known is null ? [] : [.. known];
        Touch[] touches = known is null ? new Touch[method.Parameters.Count + 1] : [.. known];
        touches[0] = TypeShape.IsStackOnly(constraint) || TypeShape.Definition(constraint) is not null && constraint is not GenericParameter
            ? Touch.None : Touch.ReadPlace;
        return touches;
    }

    private static TypeReference Pointee(TypeReference type) => type is ByReferenceType reference ? reference.ElementType : type;

    private static TypeReference? ConstraintOf(ReadOnlySpan<Instruction> unit, MethodReference method)
    {
        if (!method.HasThis) return null;      // it chooses a static method
        foreach (Instruction prefix in unit[..^1])
        {
            if (prefix.OpCode.Code == Code.Constrained) return (TypeReference)prefix.Operand;
        }

        return null;
    }
}
