using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace ConcurrencySpecs.Exploration.Rewriting;

/// <summary>Makes the statics of every type resettable: <c>$clear</c>, <c>$cctor</c> and a static constructor that registers both.</summary>
/// <remarks>
/// A type is left alone where no execution can change it: its static fields are readonly, of types that never change, and its constructor
/// calls nothing that is rewritten. The compiler's delegate caches and event sources are left alone too.
/// Module initialisers are not part of this: they run once, when the twin is loaded.
/// </remarks>
internal sealed class StaticsPass(ModuleDefinition module)
{
    private static readonly HashSet<string> _unchanging =
    [
        "System.String", "System.Type", "System.Decimal", "System.Guid", "System.TimeSpan", "System.DateTime", "System.DateTimeOffset", "System.Uri",
        "System.Version", "System.Text.RegularExpressions.Regex", "System.Text.Encoding", "System.StringComparer", "System.Globalization.CultureInfo",
    ];

    private readonly MethodReference _enter = module.ImportReference(TwinCatalog.Hook(typeof(StaticState), nameof(StaticState.Enter)));
    private readonly MethodReference _leave = module.ImportReference(TwinCatalog.Hook(typeof(StaticState), nameof(StaticState.Leave)));
    private readonly MethodReference _register = module.ImportReference(TwinCatalog.Hook(typeof(StaticState), nameof(StaticState.Register)));
    private readonly MethodReference _action = module.ImportReference(typeof(Action).GetConstructors()[0]);

    public void Apply(TypeDefinition type)
    {
        FieldDefinition[] fields = type.Fields.Where(IsState).ToArray();
        MethodDefinition? constructor = type.Methods.FirstOrDefault(m => m.IsConstructor && m.IsStatic);
        if (fields.Length == 0 || IsEventSource(type) || (fields.All(IsConstant) && Computes(constructor))) return;

        TypeReference self = TypeShape.Self(type);
        MethodDefinition clear = AddClear(type, self, fields);
        MethodDefinition? initialize = constructor is null ? null : Move(type, constructor);
        constructor ??= AddConstructor(type);
        WriteConstructor(constructor, self, clear, initialize);
    }

    // One for the life of the process: each new one would be registered with the system, schedule after schedule.
    private static bool IsEventSource(TypeDefinition type) => type.BaseType?.FullName == "System.Diagnostics.Tracing.EventSource";

    private static bool IsState(FieldDefinition field) => field.IsStatic && !field.IsLiteral
        && (field.Attributes & FieldAttributes.HasFieldRVA) == 0 && !FieldRules.IsDelegateCache(field);

    private static bool IsConstant(FieldDefinition field) => field.IsInitOnly
        && (field.FieldType.IsPrimitive || _unchanging.Contains(field.FieldType.FullName) || TypeShape.Definition(field.FieldType) is { IsEnum: true });

    private static bool Computes(MethodDefinition? constructor) => constructor is null
        || constructor.Body.Instructions.All(i => i.Operand is not MethodReference method || TypeShape.Definition(method.DeclaringType) is null);

    private MethodDefinition AddClear(TypeDefinition type, TypeReference self, FieldDefinition[] fields)
    {
        MethodDefinition clear = AddMethod(type, "$clear");
        ILProcessor il = clear.Body.GetILProcessor();
        foreach (FieldDefinition field in fields)
        {
            field.IsInitOnly = false;       // the runtime folds readonly statics into compiled code; a reset must be seen
            il.Emit(OpCodes.Ldsflda, Of(self, field));
            il.Emit(OpCodes.Initobj, field.FieldType);
        }

        il.Emit(OpCodes.Ret);
        return clear;
    }

    // The body moves as it is, with its lines, to a method that can run again.
    private MethodDefinition Move(TypeDefinition type, MethodDefinition constructor)
    {
        MethodDefinition moved = AddMethod(type, "$cctor");
        MethodBody body = constructor.Body;
        foreach (VariableDefinition variable in body.Variables.ToArray()) moved.Body.Variables.Add(variable);
        foreach (Instruction instruction in body.Instructions.ToArray()) moved.Body.Instructions.Add(instruction);
        foreach (ExceptionHandler handler in body.ExceptionHandlers.ToArray()) moved.Body.ExceptionHandlers.Add(handler);
        moved.Body.InitLocals = true;
        foreach (SequencePoint point in constructor.DebugInformation.SequencePoints) moved.DebugInformation.SequencePoints.Add(point);
        moved.DebugInformation.Scope = constructor.DebugInformation.Scope;
        constructor.DebugInformation.SequencePoints.Clear();
        constructor.DebugInformation.Scope = null;
        constructor.Body = new MethodBody(constructor);
        return moved;
    }

    private void WriteConstructor(MethodDefinition constructor, TypeReference self, MethodDefinition clear, MethodDefinition? initialize)
    {
        ILProcessor il = constructor.Body.GetILProcessor();
        if (initialize is not null) CallSilently(constructor, il, Of(self, initialize));
        EmitDelegate(Of(self, clear));
        if (initialize is null) il.Emit(OpCodes.Ldnull);
        else EmitDelegate(Of(self, initialize));
        il.Emit(OpCodes.Call, _register);
        il.Emit(OpCodes.Ret);

        void EmitDelegate(MethodReference method)
        {
            il.Emit(OpCodes.Ldnull);
            il.Emit(OpCodes.Ldftn, method);
            il.Emit(OpCodes.Newobj, _action);
        }
    }

    // entered = Enter(); try { $cctor(); } finally { Leave(entered); }
    private void CallSilently(MethodDefinition constructor, ILProcessor il, MethodReference initialize)
    {
        var entered = new VariableDefinition(module.TypeSystem.Object);
        constructor.Body.Variables.Add(entered);
        constructor.Body.InitLocals = true;
        Instruction start = il.Create(OpCodes.Call, initialize), leave = il.Create(OpCodes.Ldloc, entered), after = il.Create(OpCodes.Nop);
        il.Emit(OpCodes.Call, _enter);
        il.Emit(OpCodes.Stloc, entered);
        il.Append(start);
        il.Emit(OpCodes.Leave, after);
        il.Append(leave);
        il.Emit(OpCodes.Call, _leave);
        il.Emit(OpCodes.Endfinally);
        il.Append(after);
        constructor.Body.ExceptionHandlers.Add(new ExceptionHandler(ExceptionHandlerType.Finally)
        {
            TryStart = start,
            TryEnd = leave,
            HandlerStart = leave,
            HandlerEnd = after,
        });
    }

    private MethodDefinition AddConstructor(TypeDefinition type)
    {
        var constructor = new MethodDefinition(".cctor", MethodAttributes.Private | MethodAttributes.Static | MethodAttributes.HideBySig
            | MethodAttributes.SpecialName | MethodAttributes.RTSpecialName, module.TypeSystem.Void);
        type.Methods.Add(constructor);
        type.IsBeforeFieldInit = true;
        return constructor;
    }

    private MethodDefinition AddMethod(TypeDefinition type, string name)
    {
        var method = new MethodDefinition(name, MethodAttributes.Assembly | MethodAttributes.Static | MethodAttributes.HideBySig, module.TypeSystem.Void);
        type.Methods.Add(method);
        return method;
    }

    private static MethodReference Of(TypeReference self, MethodDefinition method) =>
        self is TypeDefinition ? method : new MethodReference(method.Name, method.ReturnType, self) { HasThis = false };

    private static FieldReference Of(TypeReference self, FieldDefinition field) =>
        self is TypeDefinition ? field : new FieldReference(field.Name, field.FieldType, self);
}
