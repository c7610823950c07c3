using System.Diagnostics;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;

namespace ConcurrencySpecs.Exploration.Rewriting;

/// <summary>What the code of a body does with the values that it captured: which fields it reads and which captured locals it writes.</summary>
/// <remarks>Followed are the body, the lambdas and local functions that share its closure, and their state machines. One closure holds
/// the captures of every lambda of a scope, so the fields that only others read must not be asked for.</remarks>
internal sealed class BodyCode
{
    private readonly HashSet<MethodBase> _seen = [];
    private readonly HashSet<Type> _outer = [];
    private readonly HashSet<FieldInfo> _reads = [];

    public BodyCode(MethodInfo body, object? target)
    {
        for (Type? type = target?.GetType(); type is not null && IsClosure(type);) type = AddOuter(type);
        Follow(body);
    }

    /// <summary>A local of the surrounding method that the body assigns, or null.</summary>
    public FieldInfo? WrittenCapture { get; private set; }

    /// <summary>Whether the body's code names the field. Only fields of closures need to be asked about.</summary>
    public bool Reads(FieldInfo field) => _reads.Contains(field);

    public static bool IsClosure(Type type) => type.Name.StartsWith("<>c", StringComparison.Ordinal)
        && type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false);

    // The scopes around the body form a chain: each closure holds the next outer one in a field.
    private Type? AddOuter(Type type)
    {
        if (!_outer.Add(type)) return null;
        return type.GetFields().Select(field => field.FieldType).FirstOrDefault(IsClosure);
    }

    private void Follow(MethodBase method)
    {
        if (!_seen.Add(method)) return;
        if (method.GetCustomAttribute<StateMachineAttribute>()?.StateMachineType.GetMethod("MoveNext", IlReader.Instance) is { } moveNext)
            Follow(OfSameArguments(moveNext, method));
        foreach ((OpCode operation, MemberInfo? member, MethodBase? nextCall) in IlReader.Read(method))
        {
            if (member is FieldInfo field) Note(operation, field, nextCall);
            else if (member is MethodBase called && called.DeclaringType is { } owner
                && (IsClosure(owner) || _outer.Contains(owner) || called.Name.Contains("g__", StringComparison.Ordinal))) Follow(called);
        }
    }

    private void Note(OpCode operation, FieldInfo field, MethodBase? nextCall)
    {
        if (field.Name.StartsWith("<>9__", StringComparison.Ordinal)) return;       // a delegate that the compiler caches
        _reads.Add(field);
        if (WrittenCapture is not null || !_outer.Contains(field.DeclaringType!) || field.IsStatic) return;
        bool byReference = operation == OpCodes.Ldflda && nextCall is not null
            && nextCall.GetParameters().Any(p => p.ParameterType.IsByRef && !p.IsIn && p.ParameterType.GetElementType() == field.FieldType);
        if (operation == OpCodes.Stfld || byReference) WrittenCapture = field;
    }

    private static MethodInfo OfSameArguments(MethodInfo moveNext, MethodBase method)
    {
        Type type = moveNext.DeclaringType!;
        if (!type.IsGenericTypeDefinition) return moveNext;
        Type[] arguments = [.. method.DeclaringType!.GetGenericArguments(), .. method.IsGenericMethod ? method.GetGenericArguments() : []];
        return arguments.Length == type.GetGenericArguments().Length
            ? type.MakeGenericType(arguments).GetMethod("MoveNext", IlReader.Instance) ?? throw new UnreachableException() : moveNext;
    }
}
