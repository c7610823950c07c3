using Mono.Cecil;
using Mono.Cecil.Cil;

namespace ConcurrencySpecs.Exploration.Rewriting;

/// <summary>What a slot of the evaluation stack holds, as far as hooks care.</summary>
internal enum Slot : byte
{
    /// <summary>An object, a reference into the heap, a number: anything else.</summary>
    Other,

    /// <summary>The receiver of the running instance method.</summary>
    This,

    /// <summary>The address of a local variable, an argument or an unobservable field: no other thread sees it under the language's rules.</summary>
    StackAddress,

    /// <summary>A struct by value: it has no address.</summary>
    StructValue,
}

/// <summary>A field, an element or what a parameter refers to: as a reader calls it, and what stands there.</summary>
internal sealed record NamedPlace(string Name, TypeReference Type);

/// <summary>The evaluation stack before each instruction, followed once through a body.</summary>
/// <remarks>
/// One forward pass suffices: the standard (ECMA-335, III.1.7.5) lets the stack at a label be known from the instructions before it.
/// Where paths join, the first one seen speaks for all; verifiable code has the same kind of value on each.
/// </remarks>
internal sealed class StackFlow
{
    private readonly MethodDefinition _method;
    private readonly FieldRules? _fields;
    private readonly Slot[] _top;
    private readonly Slot[] _second;
    private readonly List<Item> _stack = [];
    private readonly Dictionary<int, ulong> _addresses = [];       // of calls that get any: a bit for each depth that holds one
    private readonly Dictionary<int, NamedPlace> _places = [];     // of calls whose first argument is the address of one
    private readonly Dictionary<Instruction, Item[]> _labels = [];

    /// <summary>The index of the first instruction that lets the receiver out of the method, or int.MaxValue.</summary>
    public int ReceiverEscapesAt { get; private set; } = int.MaxValue;

    public bool HasBackwardBranch { get; private set; }

    /// <param name="method">The method whose body is followed.</param>
    /// <param name="fields">Which fields nobody else can observe, once that is known.</param>
    public StackFlow(MethodDefinition method, FieldRules? fields = null)
    {
        (_method, _fields) = (method, fields);
        var code = method.Body.Instructions;
        _top = new Slot[code.Count];
        _second = new Slot[code.Count];
        foreach (ExceptionHandler handler in method.Body.ExceptionHandlers)
        {
            if (handler.HandlerType is ExceptionHandlerType.Catch or ExceptionHandlerType.Filter) _labels[handler.HandlerStart] = [new(Slot.Other)];
            if (handler.FilterStart is not null) _labels[handler.FilterStart] = [new(Slot.Other)];
        }

        for (int index = 0; index < code.Count; index++) Step(code[index], index);
    }

    /// <summary>The slot on top of the stack when the instruction at <paramref name="index"/> begins.</summary>
    public Slot Top(int index) => _top[index];

    /// <summary>Whether the instruction stores into the receiver of a constructor that has not let the receiver out yet: nobody else can look.</summary>
    public bool IsUnpublished(int index) => _method.IsConstructor && !_method.IsStatic && !_method.DeclaringType.IsValueType && _second[index] == Slot.This
        && index < (HasBackwardBranch && ReceiverEscapesAt != int.MaxValue ? -1 : ReceiverEscapesAt);

    /// <summary>The slot below the top.</summary>
    public Slot Second(int index) => _second[index];

    /// <summary>Whether a call at <paramref name="index"/> gets an address of its thread's own stack, <paramref name="depth"/> below the top.</summary>
    public bool IsStackAddress(int index, int depth) => depth < 64 && (_addresses.GetValueOrDefault(index) >> depth & 1) != 0;

    /// <summary>Whose address is the first argument of the call at <paramref name="index"/>; null when that is unknown, or paths differ.</summary>
    public NamedPlace? PlaceOf(int index) => _places.GetValueOrDefault(index);

    private void Step(Instruction instruction, int index)
    {
        if (_labels.TryGetValue(instruction, out Item[]? known))
        {
            if (_stack.Count == known.Length && known.Length > 0) Meet(known);
            _stack.Clear();
            _stack.AddRange(known);
        }

        if (_stack.Count > 0) _top[index] = _stack[^1].Slot;
        if (_stack.Count > 1) _second[index] = _stack[^2].Slot;

        if (instruction.OpCode.OperandType == OperandType.InlineMethod) NoteAddresses((MethodReference)instruction.Operand, index);
        Item pushed = new(Pushed(instruction), PlaceAt(instruction));
        int pops = Pops(instruction), pushes = Pushes(instruction);
        WatchReceiver(instruction, index, pops);
        if (instruction.OpCode.Code == Code.Dup) pushes = 1;
        else _stack.RemoveRange(Math.Max(0, _stack.Count - pops), Math.Min(pops, _stack.Count));
        for (int i = 0; i < pushes; i++) _stack.Add(pushed);
        Branch(instruction, index);
    }

    private void NoteAddresses(MethodReference called, int index)
    {
        ulong addresses = 0;
        for (int depth = 0; depth < Math.Min(64, _stack.Count); depth++)
        {
            if (_stack[_stack.Count - 1 - depth].Slot == Slot.StackAddress) addresses |= 1UL << depth;
        }

        if (addresses != 0) _addresses[index] = addresses;
        int first = _stack.Count - called.Parameters.Count;
        if (!called.HasThis && called.Parameters.Count > 0 && first >= 0 && _stack[first].Place is { } place) _places[index] = place;
    }

    private NamedPlace? PlaceAt(Instruction instruction) => instruction.Operand switch
    {
        FieldReference field when instruction.OpCode.Code is Code.Ldflda or Code.Ldsflda =>
            new(SourceNames.Of(field), TypeShape.Inflate(field.FieldType, field.DeclaringType)),
        TypeReference element when instruction.OpCode.Code == Code.Ldelema => new("element", element),
        ParameterDefinition { ParameterType: ByReferenceType reference } parameter when instruction.OpCode.Code == Code.Ldarg =>
            new(parameter.Name, reference.ElementType),
        _ => instruction.OpCode.Code == Code.Dup && _stack.Count > 0 ? _stack[^1].Place : null,
    };

    // A place is named only where every path comes with the same one.
    private void Meet(Item[] known)
    {
        for (int i = 0; i < known.Length; i++)
            if (_stack[i].Place != known[i].Place) known[i] = known[i] with { Place = null };
    }

    private void WatchReceiver(Instruction instruction, int index, int pops)
    {
        if (ReceiverEscapesAt != int.MaxValue || instruction.OpCode.Code == Code.Dup) return;
        for (int depth = 0; depth < pops && depth < _stack.Count; depth++)
        {
            if (_stack[_stack.Count - 1 - depth].Slot != Slot.This) continue;
            bool kept = instruction.OpCode.Code switch
            {
                Code.Ldfld or Code.Ldflda => true,
                Code.Stfld => depth == 1,
                Code.Pop => true,
                Code.Call => instruction.Operand is MethodReference { Name: ".ctor", DeclaringType.FullName: "System.Object" },
                _ => false,
            };
            if (!kept) ReceiverEscapesAt = index;
        }
    }

    private void Branch(Instruction instruction, int index)
    {
        switch (instruction.Operand)
        {
            case Instruction target: Join(target); break;
            case Instruction[] targets: foreach (Instruction each in targets) Join(each); break;
        }

        if (instruction.OpCode.FlowControl is FlowControl.Branch or FlowControl.Return or FlowControl.Throw) _stack.Clear();

        void Join(Instruction target)
        {
            if (instruction.OpCode.Code == Code.Leave) _labels.TryAdd(target, []);
            else if (!_labels.TryAdd(target, [.. _stack]) && _labels[target] is { } known && known.Length == _stack.Count) Meet(known);
            if (target.Offset <= instruction.Offset) HasBackwardBranch = true;
        }
    }

    private Slot Pushed(Instruction instruction) => instruction.OpCode.Code switch
    {
        Code.Ldarg => instruction.Operand is ParameterDefinition parameter && parameter == _method.Body.ThisParameter
            ? Slot.This : OfType(((ParameterDefinition)instruction.Operand).ParameterType),
        Code.Ldloc => OfType(((VariableDefinition)instruction.Operand).VariableType),
        Code.Ldloca or Code.Ldarga or Code.Localloc => Slot.StackAddress,
        Code.Dup => _stack.Count > 0 ? _stack[^1].Slot : Slot.Other,
        // a field of a struct that lives on the stack lives there too
        Code.Ldflda => (_stack.Count > 0 && _stack[^1].Slot == Slot.StackAddress) || _fields?.Of((FieldReference)instruction.Operand) == FieldUse.Unobservable
            ? Slot.StackAddress : Slot.Other,
        Code.Ldfld or Code.Ldsfld => OfType(((FieldReference)instruction.Operand).FieldType, ((FieldReference)instruction.Operand).DeclaringType),
        Code.Ldobj or Code.Ldelem_Any or Code.Unbox_Any => TypeShape.IsStruct((TypeReference)instruction.Operand) ? Slot.StructValue : Slot.Other,
        Code.Call or Code.Callvirt => OfCall((MethodReference)instruction.Operand),
        Code.Newobj => TypeShape.IsStruct(((MethodReference)instruction.Operand).DeclaringType) ? Slot.StructValue : Slot.Other,
        _ => Slot.Other,
    };

    private static Slot OfCall(MethodReference method)
    {
        TypeReference returned = TypeShape.Inflate(method.ReturnType, method.DeclaringType, method as GenericInstanceMethod);
        return OfType(returned);
    }

    private static Slot OfType(TypeReference type, TypeReference? owner = null)
    {
        if (owner is not null) type = TypeShape.Inflate(type, owner);
        return TypeShape.IsStructSignature(type) ? Slot.StructValue : Slot.Other;
    }

    private int Pops(Instruction instruction)
    {
        switch (instruction.OpCode.StackBehaviourPop)
        {
            case StackBehaviour.Pop0: return 0;
            case StackBehaviour.Pop1 or StackBehaviour.Popi or StackBehaviour.Popref: return 1;
            case StackBehaviour.Pop1_pop1 or StackBehaviour.Popi_pop1 or StackBehaviour.Popi_popi or StackBehaviour.Popi_popi8
                or StackBehaviour.Popi_popr4 or StackBehaviour.Popi_popr8 or StackBehaviour.Popref_pop1 or StackBehaviour.Popref_popi:
                return 2;
            case StackBehaviour.PopAll: return _stack.Count;
            case StackBehaviour.Varpop when instruction.OpCode.Code == Code.Ret: return TypeShape.IsVoid(_method.ReturnType) ? 0 : 1;
            case StackBehaviour.Varpop:
                var called = (IMethodSignature)instruction.Operand;
                bool receiver = called.HasThis && !called.ExplicitThis && instruction.OpCode.Code != Code.Newobj;
                return called.Parameters.Count + (receiver ? 1 : 0) + (instruction.OpCode.Code == Code.Calli ? 1 : 0);
            default: return 3;
        }
    }

    private static int Pushes(Instruction instruction) => instruction.OpCode.StackBehaviourPush switch
    {
        StackBehaviour.Push0 => 0,
        StackBehaviour.Push1_push1 => 2,
        StackBehaviour.Varpush => TypeShape.IsVoid(((IMethodSignature)instruction.Operand).ReturnType) ? 0 : 1,
        _ => 1,
    };

    private readonly record struct Item(Slot Slot, NamedPlace? Place = null);
}
