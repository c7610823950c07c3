using Mono.Cecil;
using Mono.Cecil.Cil;

namespace ConcurrencySpecs.Exploration.Rewriting;

/// <summary>Announces, in front of a call into shared code, what that code does to the collections among its arguments.</summary>
internal sealed class OpaqueHooks(ModuleDefinition module, HookReferences hooks)
{
    private const int SpillBase = 100;      // one local per argument position and type, apart from those of other hooks

    private readonly OpaqueRules _rules = new();
    private readonly MethodReference _read = module.ImportReference(TwinCatalog.Hook(typeof(Opaque), nameof(Opaque.Read)));
    private readonly MethodReference _write = module.ImportReference(TwinCatalog.Hook(typeof(Opaque), nameof(Opaque.Write)));

    /// <summary>Hooks the call and returns true, or returns false if it touches nothing that threads could share.</summary>
    public bool Hook(MethodEditor editor, ReadOnlySpan<Instruction> unit, MethodReference method, Func<int> site)
    {
        Code code = unit[^1].OpCode.Code;
        if (code is not (Code.Call or Code.Callvirt or Code.Newobj) || HasConstraint(unit)) return false;
        if (method.DeclaringType.Scope is not AssemblyNameReference || TypeShape.Definition(method.DeclaringType) is not null) return false;
        if (_rules.Of(method, code == Code.Newobj) is not { } touches) return false;

        int lowest = Array.FindIndex(touches, touch => touch != Touch.None);
        Instruction number = Instruction.Create(OpCodes.Ldc_I4, site());
        var before = new List<Instruction>();
        for (int i = touches.Length - 1; i > lowest; i--) before.Add(Instruction.Create(OpCodes.Stloc, Local(i)));
        Announce(lowest);
        for (int i = lowest + 1; i < touches.Length; i++)
        {
            before.Add(Instruction.Create(OpCodes.Ldloc, Local(i)));
            if (touches[i] != Touch.None) Announce(i);
        }

        editor.Before(unit, [.. before]);
        return true;

        void Announce(int slot)
        {
            before.Add(Instruction.Create(OpCodes.Dup));
            before.Add(MethodEditor.Copy(number));
            MethodReference hook = touches[slot] switch
            {
                Touch.Read => _read,
                Touch.Write => _write,
                _ => hooks.Generic(typeof(Opaque), nameof(Opaque.Enumerate), method.DeclaringType),
            };
            before.Add(Instruction.Create(OpCodes.Call, hook));
        }

        VariableDefinition Local(int slot)
        {
            int parameter = slot - (touches.Length - method.Parameters.Count);
            TypeReference type = TypeShape.Inflate(method.Parameters[parameter].ParameterType, method.DeclaringType, method as GenericInstanceMethod);
            return editor.Spill(type, SpillBase + slot);
        }
    }

    private static bool HasConstraint(ReadOnlySpan<Instruction> unit)
    {
        foreach (Instruction prefix in unit[..^1])
        {
            if (prefix.OpCode.Code == Code.Constrained) return true;
        }

        return false;
    }
}
