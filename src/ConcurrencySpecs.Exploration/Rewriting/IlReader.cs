using System.Buffers.Binary;
using System.Reflection;
using System.Reflection.Emit;

namespace ConcurrencySpecs.Exploration.Rewriting;

/// <summary>Reads the IL of a loaded method: its operations and the members that they name.</summary>
internal static class IlReader
{
    public const BindingFlags Instance = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    private static readonly Dictionary<int, OpCode> _codes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => (int)(ushort)code.Value);

    /// <summary>The operations that name a field or method, with the next call after each.</summary>
    public static IEnumerable<(OpCode Operation, MemberInfo? Member, MethodBase? NextCall)> Read(MethodBase method)
    {
        List<(OpCode Operation, MemberInfo? Member)> members = [.. Members(method)];
        for (int i = 0; i < members.Count; i++)
        {
            MethodBase? next = members.Skip(i + 1).Select(m => m.Member as MethodBase).FirstOrDefault(m => m is not null);
            yield return (members[i].Operation, members[i].Member, next);
        }
    }

    private static IEnumerable<(OpCode Operation, MemberInfo? Member)> Members(MethodBase method)
    {
        byte[] il = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        Type[]? ofType = method.DeclaringType is { IsGenericType: true } owner ? owner.GetGenericArguments() : null;
        Type[]? ofMethod = method.IsGenericMethod ? method.GetGenericArguments() : null;
        for (int at = 0; at < il.Length;)
        {
            int value = il[at++];
            if (value == 0xFE) value = 0xFE00 | il[at++];
            OpCode code = _codes[value];
            if (code.OperandType is OperandType.InlineField or OperandType.InlineMethod)
            {
                int token = BinaryPrimitives.ReadInt32LittleEndian(il.AsSpan(at));
                yield return (code, method.Module.ResolveMember(token, ofType, ofMethod));
            }

            at += SizeOf(code.OperandType, il, at);
        }
    }

    private static int SizeOf(OperandType operand, byte[] il, int at) => operand switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + 4 * BinaryPrimitives.ReadInt32LittleEndian(il.AsSpan(at)),
        _ => 4,
    };
}
