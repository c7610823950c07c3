using Mono.Cecil;
using Mono.Cecil.Cil;

namespace ConcurrencySpecs.Exploration.Rewriting;

/// <summary>Puts a hook before every plain access to memory that another thread may see: fields, elements, references and pointers.</summary>
/// <remarks>
/// The hook gets the address, so that one rule covers them all. Words are announced and then accessed by the original instruction.
/// Structs and open type parameters go through <see cref="Torn"/>, which copies them leaf by leaf, as hardware may.
/// </remarks>
internal sealed class AccessHooks(ModuleDefinition module, HookReferences hooks, FieldRules fields)
{
    private readonly TypeSystem _types = module.TypeSystem;
    private readonly Dictionary<FieldReference, string> _names = [];

    /// <summary>Hooks the access and returns true, or returns false where the instruction is none or no thread can observe it.</summary>
    /// <param name="editor">The body being written.</param>
    /// <param name="unit">The instruction with its prefixes.</param>
    /// <param name="flow">The stack before it.</param>
    /// <param name="index">The instruction's index in the old body.</param>
    /// <param name="site">Makes the site of the access out of what it names.</param>
    public bool Hook(MethodEditor editor, ReadOnlySpan<Instruction> unit, StackFlow flow, int index, SiteMaker site)
    {
        Instruction instruction = unit[^1];
        bool isVolatile = false;
        foreach (Instruction prefix in unit[..^1]) isVolatile |= prefix.OpCode.Code == Code.Volatile;
        Code code = instruction.OpCode.Code;
        return code switch
        {
            Code.Ldsfld or Code.Stsfld or Code.Ldsflda => Static(editor, unit, (FieldReference)instruction.Operand, code, isVolatile, site),
            Code.Ldfld => flow.Top(index) is not (Slot.StructValue or Slot.StackAddress)
                && Load(editor, unit, (FieldReference)instruction.Operand, isVolatile, site),
            Code.Stfld => flow.Second(index) != Slot.StackAddress && !flow.IsUnpublished(index)
                && Store(editor, unit, (FieldReference)instruction.Operand, isVolatile, site),
            Code.Ldelem_Any or (>= Code.Ldelem_I1 and <= Code.Ldelem_Ref) => LoadElement(editor, unit, instruction, site),
            Code.Stelem_Any or (>= Code.Stelem_I and <= Code.Stelem_Ref) => StoreElement(editor, unit, instruction, site),
            Code.Ldobj or (>= Code.Ldind_I1 and <= Code.Ldind_Ref) => flow.Top(index) != Slot.StackAddress
                && LoadIndirect(editor, unit, instruction, isVolatile, site),
            Code.Stobj or Code.Stind_I or (>= Code.Stind_Ref and <= Code.Stind_R8) =>
                flow.Second(index) != Slot.StackAddress && StoreIndirect(editor, unit, instruction, isVolatile, site),
            Code.Initobj => flow.Top(index) != Slot.StackAddress && Clear(editor, unit, (TypeReference)instruction.Operand, site),
            _ => false,
        };
    }

    private bool Static(MethodEditor editor, ReadOnlySpan<Instruction> unit, FieldReference field, Code code, bool isVolatile, SiteMaker site)
    {
        FieldUse use = fields.Of(field);
        if (use == FieldUse.PerThread) return PerThread(editor, unit, field, code);
        if (use == FieldUse.Unobservable || code == Code.Ldsflda) return false;
        TypeReference type = ValueOf(field);
        bool write = code == Code.Stsfld;
        Instruction number = Number(site(NameOf(field), type));
        if (isVolatile || !MayTear(type)) editor.Before(unit, Make(OpCodes.Ldsflda, field), number, Call(hooks.Access(write, isVolatile)));
        else if (!write) editor.Instead(unit, Make(OpCodes.Ldsflda, field), number, Call(hooks.Struct(nameof(Torn.Read), type)));
        else editor.Instead(unit, Stash(editor, type, out Instruction value), Make(OpCodes.Ldsflda, field), value, number,
            Call(hooks.Struct(nameof(Torn.Write), type)));
        return true;
    }

    private bool PerThread(MethodEditor editor, ReadOnlySpan<Instruction> unit, FieldReference field, Code code)
    {
        TypeReference type = ValueOf(field);
        var holder = new FieldReference(field.Name, hooks.HolderOf(field.FieldType), field.DeclaringType);
        Instruction address = Make(OpCodes.Ldsflda, holder), slot = Call(hooks.SlotOf(type));
        if (code == Code.Ldsflda) editor.Instead(unit, address, slot);
        else if (code == Code.Ldsfld) editor.Instead(unit, address, slot, Make(OpCodes.Ldobj, type));
        else editor.Instead(unit, Stash(editor, type, out Instruction value), address, slot, value, Make(OpCodes.Stobj, type));
        return true;
    }

    private bool Load(MethodEditor editor, ReadOnlySpan<Instruction> unit, FieldReference field, bool isVolatile, SiteMaker site)
    {
        if (fields.Of(field) != FieldUse.Shared) return false;
        TypeReference type = ValueOf(field);
        Instruction number = Number(site(NameOf(field), type));
        if (isVolatile || !MayTear(type)) editor.Before(unit, Make(OpCodes.Dup), Make(OpCodes.Ldflda, field), number, Call(hooks.Access(false, isVolatile)));
        else editor.Instead(unit, Make(OpCodes.Ldflda, field), number, Call(hooks.Struct(nameof(Torn.Read), type)));
        return true;
    }

    private bool Store(MethodEditor editor, ReadOnlySpan<Instruction> unit, FieldReference field, bool isVolatile, SiteMaker site)
    {
        if (fields.Of(field) != FieldUse.Shared) return false;
        TypeReference type = ValueOf(field);
        Instruction number = Number(site(NameOf(field), type)), keep = Stash(editor, type, out Instruction value);
        if (isVolatile || !MayTear(type))
            editor.Before(unit, keep, Make(OpCodes.Dup), Make(OpCodes.Ldflda, field), number, Call(hooks.Access(true, isVolatile)), value);
        else editor.Instead(unit, keep, Make(OpCodes.Ldflda, field), value, number, Call(hooks.Struct(nameof(Torn.Write), type)));
        return true;
    }

    private bool LoadElement(MethodEditor editor, ReadOnlySpan<Instruction> unit, Instruction instruction, SiteMaker site)
    {
        TypeReference type = ElementCodes.ElementOf(instruction, _types);
        Instruction number = Number(site("element", type));
        if (MayTear(type)) editor.Instead(unit, number, Call(hooks.Struct(nameof(Torn.ReadElement), type)));
        else editor.Instead(unit, Make(OpCodes.Readonly), Make(OpCodes.Ldelema, type), Make(OpCodes.Dup), number,
            Call(hooks.Read), ElementCodes.LoadOf(instruction));
        return true;
    }

    private bool StoreElement(MethodEditor editor, ReadOnlySpan<Instruction> unit, Instruction instruction, SiteMaker site)
    {
        TypeReference type = ElementCodes.ElementOf(instruction, _types);
        Instruction number = Number(site("element", type));
        if (MayTear(type))
        {
            editor.Instead(unit, number, Call(hooks.Struct(nameof(Torn.WriteElement), type)));
            return true;
        }

        VariableDefinition index = editor.Spill(_types.IntPtr, use: 1);
        Instruction keep = Stash(editor, type, out Instruction value);
        editor.Before(unit, keep, Make(OpCodes.Conv_I), Make(OpCodes.Stloc, index), Make(OpCodes.Dup), Make(OpCodes.Ldloc, index), Make(OpCodes.Readonly),
            Make(OpCodes.Ldelema, type), number, Call(hooks.Write), Make(OpCodes.Ldloc, index), value);
        return true;
    }

    /// <summary>Elements of arrays with several dimensions are read and written by methods of the array: their address is taken instead.</summary>
    public bool HookMatrix(MethodEditor editor, ReadOnlySpan<Instruction> unit, ArrayType matrix, MethodReference method, SiteMaker site)
    {
        if (method.Name is not ("Get" or "Set") || unit[^1].OpCode.Code is not (Code.Call or Code.Callvirt)) return false;
        TypeReference element = matrix.ElementType;
        var address = new MethodReference("Address", new ByReferenceType(element), matrix) { HasThis = true };
        for (int i = 0; i < matrix.Rank; i++) address.Parameters.Add(new ParameterDefinition(_types.Int32));
        Instruction number = Number(site("element", element));
        if (method.Name == "Get") editor.Instead(unit, Make(OpCodes.Readonly), Call(address), number, Call(hooks.Struct(nameof(Torn.Read), element)));
        else editor.Instead(unit, Stash(editor, element, out Instruction value), Make(OpCodes.Readonly), Call(address),
            value, number, Call(hooks.Struct(nameof(Torn.Write), element)));
        return true;
    }

    private bool LoadIndirect(MethodEditor editor, ReadOnlySpan<Instruction> unit, Instruction instruction, bool isVolatile, SiteMaker site)
    {
        TypeReference? type = instruction.Operand as TypeReference;
        if (type is not null && TypeShape.IsStackOnly(type)) return false;
        Instruction number = Number(site("reference", type ?? ElementCodes.SourceOf(instruction, _types)));
        if (type is not null && !isVolatile && MayTear(type)) editor.Instead(unit, number, Call(hooks.Struct(nameof(Torn.Read), type)));
        else editor.Before(unit, Make(OpCodes.Dup), number, Call(hooks.Access(false, isVolatile)));
        return true;
    }

    private bool StoreIndirect(MethodEditor editor, ReadOnlySpan<Instruction> unit, Instruction instruction, bool isVolatile, SiteMaker site)
    {
        TypeReference type = ElementCodes.TargetOf(instruction, _types);
        if (TypeShape.IsStackOnly(type)) return false;
        Instruction number = Number(site("reference", type));
        if (instruction.Operand is not null && !isVolatile && MayTear(type)) editor.Instead(unit, number, Call(hooks.Struct(nameof(Torn.Write), type)));
        else editor.Before(unit, Stash(editor, type, out Instruction value), Make(OpCodes.Dup), number, Call(hooks.Access(true, isVolatile)), value);
        return true;
    }

    private bool Clear(MethodEditor editor, ReadOnlySpan<Instruction> unit, TypeReference type, SiteMaker site)
    {
        if (TypeShape.IsStackOnly(type)) return false;
        editor.Instead(unit, Number(site("reference", type)), Call(hooks.Struct(nameof(Torn.Clear), type)));
        return true;
    }

    private string NameOf(FieldReference field) => _names.TryGetValue(field, out string? known) ? known : _names[field] = SourceNames.Of(field);

    private static bool MayTear(TypeReference type)
    {
        if (type is GenericParameter parameter) return !parameter.HasReferenceTypeConstraint;
        return type.IsValueType ? TypeShape.IsStructSignature(type) : TypeShape.IsStruct(type);
    }

    private static TypeReference ValueOf(FieldReference field) => TypeShape.Bare(TypeShape.Inflate(field.FieldType, field.DeclaringType));

    private static Instruction Stash(MethodEditor editor, TypeReference type, out Instruction unstash)
    {
        VariableDefinition variable = editor.Spill(type);
        unstash = Make(OpCodes.Ldloc, variable);
        return Make(OpCodes.Stloc, variable);
    }

    private static Instruction Make(OpCode code) => Instruction.Create(code);
    private static Instruction Make(OpCode code, FieldReference field) => Instruction.Create(code, field);
    private static Instruction Make(OpCode code, TypeReference type) => Instruction.Create(code, type);
    private static Instruction Make(OpCode code, VariableDefinition variable) => Instruction.Create(code, variable);
    private static Instruction Number(int site) => Instruction.Create(OpCodes.Ldc_I4, site);
    private static Instruction Call(MethodReference method) => Instruction.Create(OpCodes.Call, method);
}
