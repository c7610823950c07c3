using System.Runtime.CompilerServices;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace ConcurrencySpecs.Exploration.Rewriting;

/// <summary>Gives a method of <see cref="MethodImplOptions.Synchronized"/> the lock as code: the runtime would take the real one, out of sight.</summary>
/// <remarks>The lock is that of <c>lock (this)</c>, in a static method that of <c>lock (typeof(T))</c>; it is left however the body ends.
/// For methods of classes: one of a struct, which has no lock of its own, is left to the runtime.</remarks>
internal static class Synchronized
{
    /// <summary>Wraps the rewritten body; the numbers say where the lock is entered and left.</summary>
    public static void Wrap(MethodDefinition method, HookReferences hooks, int enter, int exit)
    {
        method.IsSynchronized = false;
        MethodBody body = method.Body;
        body.InitLocals = true;
        VariableDefinition taken = Local(body, method.Module.TypeSystem.Boolean);
        VariableDefinition? result = TypeShape.IsVoid(method.ReturnType) ? null : Local(body, TypeShape.Bare(method.ReturnType));

        Instruction leave = Make(OpCodes.Ldloc, taken), left = Make(OpCodes.Endfinally);
        Instruction end = result is null ? Make(OpCodes.Ret) : Make(OpCodes.Ldloc, result);
        List<Instruction> code = [.. Owner(method, hooks), Make(OpCodes.Ldloca, taken), Make(OpCodes.Ldc_I4, enter), Make(OpCodes.Call, hooks.At),
            Make(OpCodes.Call, hooks.Enter)];
        Instruction start = code[0], first = body.Instructions[0];
        Mono.Collections.Generic.Collection<SequencePoint> lines = method.DebugInformation.SequencePoints;
        bool isTarget = body.Instructions.Any(one => one.Operand == first || one.Operand is Instruction[] targets && targets.Contains(first));
        if (lines.Count > 0 && lines[0].Offset == 0 && !isTarget) lines[0] = MethodEditor.Moved(lines[0], start);
        foreach (Instruction instruction in body.Instructions) code.AddRange(Inside(instruction, result, end));
        code.AddRange([leave, Make(OpCodes.Brfalse, left), .. Owner(method, hooks), Make(OpCodes.Ldc_I4, exit), Make(OpCodes.Call, hooks.At),
            Make(OpCodes.Call, hooks.Exit), left, end]);
        if (result is not null) code.Add(Make(OpCodes.Ret));

        foreach (ExceptionHandler inner in body.ExceptionHandlers) inner.HandlerEnd ??= leave;       // null is the end of the old body
        body.ExceptionHandlers.Add(new ExceptionHandler(ExceptionHandlerType.Finally)
        {
            TryStart = start,
            TryEnd = leave,
            HandlerStart = leave,
            HandlerEnd = end,
        });
        body.Instructions.Clear();
        foreach (Instruction instruction in code) body.Instructions.Add(instruction);
    }

    // A method returns from inside the lock by leaving it; branches to a return hold on to the object, which stays where it was.
    private static IEnumerable<Instruction> Inside(Instruction instruction, VariableDefinition? result, Instruction end)
    {
        if (instruction.OpCode.Code == Code.Tail) instruction.OpCode = OpCodes.Nop;
        if (instruction.OpCode.Code != Code.Ret) return [instruction];
        (instruction.OpCode, instruction.Operand) = result is null ? (OpCodes.Leave, end) : (OpCodes.Stloc, (object)result);
        return result is null ? [instruction] : [instruction, Make(OpCodes.Leave, end)];
    }

    private static Instruction[] Owner(MethodDefinition method, HookReferences hooks)
    {
        if (!method.IsStatic) return [Make(OpCodes.Ldarg, method.Body.ThisParameter)];
        TypeReference type = method.DeclaringType;
        if (type.HasGenericParameters)
        {
            var own = new GenericInstanceType(type);
            foreach (GenericParameter parameter in type.GenericParameters) own.GenericArguments.Add(parameter);
            type = own;
        }

        return [Make(OpCodes.Ldtoken, type), Make(OpCodes.Call, hooks.TypeOf)];
    }

    private static VariableDefinition Local(MethodBody body, TypeReference type)
    {
        var local = new VariableDefinition(type);
        body.Variables.Add(local);
        return local;
    }

    private static Instruction Make(OpCode code, object? operand = null)
    {
        Instruction made = Instruction.Create(OpCodes.Nop);
        (made.OpCode, made.Operand) = (code, operand);
        return made;
    }
}
