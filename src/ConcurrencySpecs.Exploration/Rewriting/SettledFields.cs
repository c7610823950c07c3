using Mono.Cecil;
using Mono.Cecil.Cil;

namespace ConcurrencySpecs.Exploration.Rewriting;

/// <summary>Fields that get their value before any other thread can hold the object, and never again: readonly in effect.</summary>
/// <remarks>
/// <para>A private or readonly instance field settles if every store is in a constructor of its own type, to the receiver, before the receiver escapes,
/// and its address is never taken. A local that lambdas capture settles if every store follows the creation of its closure and
/// precedes the first delegate in the same method.</para>
/// <para>Why it matters: without it, each captured local and each forgotten <c>readonly</c> would be a scheduling point.</para>
/// <para>A readonly static field settles: static constructors run as one step.</para>
/// </remarks>
internal sealed class SettledFields
{
    private readonly HashSet<FieldDefinition> _unsettled = [];

    public SettledFields(IEnumerable<MethodDefinition> methods)
    {
        foreach (MethodDefinition method in methods) Look(method);
    }

    public bool Contains(FieldDefinition field)
    {
        if (field.IsStatic) return field.IsInitOnly;
        if (field.DeclaringType.IsValueType) return false;      // storing the whole struct stores its fields
        if (_unsettled.Contains(field)) return false;
        return field.IsInitOnly || field.IsPrivate || IsClosure(field.DeclaringType);
    }

    public static bool IsClosure(TypeDefinition type) => type.Name.StartsWith("<>c__DisplayClass", StringComparison.Ordinal) && !type.IsValueType;

    private void Look(MethodDefinition method)
    {
        bool constructs = method.IsConstructor && !method.IsStatic;
        StackFlow? flow = null;
        Dictionary<TypeDefinition, (int Made, int Shown)>? closures = null;
        var code = method.Body.Instructions;
        for (int index = 0; index < code.Count; index++)
        {
            Code operation = code[index].OpCode.Code;
            if (operation is not (Code.Stfld or Code.Ldflda)) continue;
            if (Own((FieldReference)code[index].Operand) is not { } field || _unsettled.Contains(field)) continue;
            if (operation == Code.Stfld && constructs && field.DeclaringType == method.DeclaringType)
            {
                flow ??= new StackFlow(method);
                if (flow.IsUnpublished(index)) continue;
            }
            else if (operation == Code.Stfld && IsClosure(field.DeclaringType))
            {
                closures ??= ClosuresOf(method);
                if (closures.TryGetValue(field.DeclaringType, out (int Made, int Shown) span) && span.Made < index && index < span.Shown && !Repeats(code, span.Made, index)) continue;
            }
            else if (operation == Code.Ldflda && field.IsInitOnly)
            {
                continue;       // a readonly reference: `in` arguments and calls on readonly structs
            }

            _unsettled.Add(field);
        }
    }

    private static FieldDefinition? Own(FieldReference reference) => reference as FieldDefinition
        ?? (reference.DeclaringType.GetElementType() as TypeDefinition)?.Fields.FirstOrDefault(f => f.Name == reference.Name);

    // Where a method makes each closure, and where the first delegate or call may show it to others.
    private static Dictionary<TypeDefinition, (int Made, int Shown)> ClosuresOf(MethodDefinition method)
    {
        var spans = new Dictionary<TypeDefinition, (int Made, int Shown)>();
        var code = method.Body.Instructions;
        for (int index = 0; index < code.Count; index++)
        {
            if (code[index].OpCode.Code == Code.Newobj && ((MethodReference)code[index].Operand).DeclaringType.GetElementType() is TypeDefinition made && IsClosure(made))
            {
                // made at two places: nothing can be said about which one a store means
                spans[made] = spans.ContainsKey(made) ? (int.MaxValue, 0) : (index, int.MaxValue);
            }
            else if (code[index].OpCode.Code is Code.Ldftn or Code.Ldvirtftn || CallsInto(code[index]))
            {
                foreach (TypeDefinition open in spans.Where(s => s.Value.Shown == int.MaxValue).Select(s => s.Key).ToArray()) spans[open] = spans[open] with { Shown = index };
            }
        }

        return spans;

        static bool CallsInto(Instruction instruction) => instruction.OpCode.Code is Code.Call or Code.Callvirt
            && ((MethodReference)instruction.Operand).DeclaringType.GetElementType() is TypeDefinition type && IsClosure(type);
    }

    // A jump back to between the closure's birth and the store would store again.
    private static bool Repeats(Mono.Collections.Generic.Collection<Instruction> code, int made, int store)
    {
        for (int index = store; index < code.Count; index++)
        {
            if (code[index].Operand is Instruction target && code[index].OpCode.FlowControl is FlowControl.Branch or FlowControl.Cond_Branch
                && target.Offset > code[made].Offset && target.Offset <= code[store].Offset) return true;
        }

        return false;
    }
}
