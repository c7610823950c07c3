using Mono.Cecil;
using Mono.Cecil.Cil;

namespace ConcurrencySpecs.Exploration.Rewriting;

/// <summary>The types and partners of the instructions that carry their type in the operation code.</summary>
internal static class ElementCodes
{
    /// <summary>The element type of <c>ldelem.*</c> and <c>stelem.*</c>.</summary>
    public static TypeReference ElementOf(Instruction instruction, TypeSystem types) => instruction.OpCode.Code switch
    {
        Code.Ldelem_I1 or Code.Stelem_I1 => types.SByte,
        Code.Ldelem_U1 => types.Byte,
        Code.Ldelem_I2 or Code.Stelem_I2 => types.Int16,
        Code.Ldelem_U2 => types.UInt16,
        Code.Ldelem_I4 or Code.Stelem_I4 => types.Int32,
        Code.Ldelem_U4 => types.UInt32,
        Code.Ldelem_I8 or Code.Stelem_I8 => types.Int64,
        Code.Ldelem_I or Code.Stelem_I => types.IntPtr,
        Code.Ldelem_R4 or Code.Stelem_R4 => types.Single,
        Code.Ldelem_R8 or Code.Stelem_R8 => types.Double,
        Code.Ldelem_Ref or Code.Stelem_Ref => types.Object,
        _ => (TypeReference)instruction.Operand,
    };

    /// <summary>The load through an address that gives what <c>ldelem.*</c> gives.</summary>
    public static Instruction LoadOf(Instruction instruction) => instruction.OpCode.Code switch
    {
        Code.Ldelem_I1 => Instruction.Create(OpCodes.Ldind_I1),
        Code.Ldelem_U1 => Instruction.Create(OpCodes.Ldind_U1),
        Code.Ldelem_I2 => Instruction.Create(OpCodes.Ldind_I2),
        Code.Ldelem_U2 => Instruction.Create(OpCodes.Ldind_U2),
        Code.Ldelem_I4 => Instruction.Create(OpCodes.Ldind_I4),
        Code.Ldelem_U4 => Instruction.Create(OpCodes.Ldind_U4),
        Code.Ldelem_I8 => Instruction.Create(OpCodes.Ldind_I8),
        Code.Ldelem_I => Instruction.Create(OpCodes.Ldind_I),
        Code.Ldelem_R4 => Instruction.Create(OpCodes.Ldind_R4),
        Code.Ldelem_R8 => Instruction.Create(OpCodes.Ldind_R8),
        Code.Ldelem_Ref => Instruction.Create(OpCodes.Ldind_Ref),
        _ => Instruction.Create(OpCodes.Ldobj, (TypeReference)instruction.Operand),
    };

    /// <summary>The type that <c>ldind.*</c> loads.</summary>
    public static TypeReference SourceOf(Instruction instruction, TypeSystem types) => instruction.OpCode.Code switch
    {
        Code.Ldind_I1 => types.SByte,
        Code.Ldind_U1 => types.Byte,
        Code.Ldind_I2 => types.Int16,
        Code.Ldind_U2 => types.UInt16,
        Code.Ldind_I4 => types.Int32,
        Code.Ldind_U4 => types.UInt32,
        Code.Ldind_I8 => types.Int64,
        Code.Ldind_I => types.IntPtr,
        Code.Ldind_R4 => types.Single,
        Code.Ldind_R8 => types.Double,
        _ => types.Object,
    };

    /// <summary>The type that <c>stind.*</c> and <c>stobj</c> store.</summary>
    public static TypeReference TargetOf(Instruction instruction, TypeSystem types) => instruction.OpCode.Code switch
    {
        Code.Stind_I1 => types.SByte,
        Code.Stind_I2 => types.Int16,
        Code.Stind_I4 => types.Int32,
        Code.Stind_I8 => types.Int64,
        Code.Stind_I => types.IntPtr,
        Code.Stind_R4 => types.Single,
        Code.Stind_R8 => types.Double,
        Code.Stind_Ref => types.Object,
        _ => (TypeReference)instruction.Operand,
    };
}
