using System.Runtime.InteropServices;
using ConcurrencySpecs.Exploration.Hooks;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace ConcurrencySpecs.Exploration.Rewriting;

/// <summary>Rewrites one body after another: calls by <see cref="CallRules"/>, plain accesses by <see cref="AccessHooks"/>.</summary>
internal sealed class MethodRewriter(
    HookReferences hooks, CallRules calls, FieldRules fields, AccessHooks accesses, OpaqueHooks opaque, Recursion recursion,
    Callbacks callbacks, List<UncontrolledCall> uncontrolled)
{
    private const MethodImplAttributes RuntimeAsync = (MethodImplAttributes)0x2000;

    // what one body needs is kept for the next one
    private readonly Dictionary<MethodReference, string> _names = [];
    private readonly List<Instruction> _old = [], _new = [];
    private SiteMaker? _site;
    private MethodDefinition _method = null!;
    private string _name = "";
    private bool _isLimit;
    private VariableDefinition? _entered;       // what a callback keeps from its beginning to its end
    private SequencePoint? _line;

    public void Rewrite(MethodDefinition method)
    {
        _method = method;
        _name = SourceNames.Of(method);
        _line = null;
        _isLimit = method is { Name: "get_EffectiveMaxConcurrencyLevel", DeclaringType.FullName: "System.Threading.Tasks.ParallelOptions" };
        _site ??= SiteOf;
        var editor = new MethodEditor(method, _new);
        _entered = callbacks.Contains(method) ? editor.Spill(method.Module.TypeSystem.Int64, use: 2) : null;
        var flow = new StackFlow(method, fields);
        IDictionary<Instruction, SequencePoint>? lines = method.DebugInformation.HasSequencePoints ? method.DebugInformation.GetSequencePointMapping() : null;
        _old.Clear();
        _old.AddRange(method.Body.Instructions);
        ReadOnlySpan<Instruction> code = CollectionsMarshal.AsSpan(_old);
        for (int start = 0; start < code.Length;)
        {
            int index = start;
            if (_entered is not null && code[index].OpCode.Code == Code.Tail) code[index].OpCode = OpCodes.Nop;      // a callback does not end with it
            while (code[index].OpCode.OpCodeType == OpCodeType.Prefix) index++;
            if (lines is not null && lines.TryGetValue(code[start], out SequencePoint? line) && !line.IsHidden) _line = line;
            Rewrite(editor, code[start..(index + 1)], flow, index);
            start = index + 1;
        }

        if (_entered is not null) editor.AtStart(Make(hooks.EnterCallback), Instruction.Create(OpCodes.Stloc, _entered));
        if (recursion.Contains(method)) editor.AtStart(Number(SiteOf("recursion")), Make(hooks.Deeper));
        if ((method.ImplAttributes & RuntimeAsync) != 0)
            RefuseWhole(editor);
        editor.Finish();
        if (method is { IsSynchronized: true, DeclaringType.IsValueType: false })
            Synchronized.Wrap(method, hooks, exit: SiteOf("Monitor.Exit"), enter: FirstSiteOf("Monitor.Enter"));
    }

    private void Rewrite(MethodEditor editor, ReadOnlySpan<Instruction> unit, StackFlow flow, int index)
    {
        Instruction instruction = unit[^1];
        bool done = instruction.OpCode.Code is Code.Call or Code.Callvirt or Code.Newobj or Code.Ldftn or Code.Ldvirtftn
            ? Call(editor, unit, instruction, (MethodReference)instruction.Operand, flow, index)
            : accesses.Hook(editor, unit, flow, index, _site!) || Turn(editor, unit, instruction);
        if (done) return;
        if (_isLimit && instruction.OpCode.Code == Code.Ret) editor.Before(unit, Make(hooks.Limit));
        else if (_entered is not null && instruction.OpCode.Code == Code.Ret)
            editor.Before(unit, Instruction.Create(OpCodes.Ldloc, _entered), Make(hooks.LeaveCallback));
        else editor.Keep(unit);
    }

    /// <summary>Counts the rounds of a loop where it jumps back, so that one without end and without a step comes to an end all the same.</summary>
    private bool Turn(MethodEditor editor, ReadOnlySpan<Instruction> unit, Instruction instruction)
    {
        bool back = instruction.Operand switch
        {
            Instruction target => target.Offset <= instruction.Offset,
            Instruction[] targets => Array.Exists(targets, target => target.Offset <= instruction.Offset),
            _ => false,
        };
        if (back) editor.Before(unit, Number(SiteOf("loop")), Make(hooks.Turn));
        return back;
    }

    private bool Call(MethodEditor editor, ReadOnlySpan<Instruction> unit, Instruction instruction, MethodReference method, StackFlow flow, int index)
    {
        if (method.DeclaringType is ArrayType matrix) return accesses.HookMatrix(editor, unit, matrix, method, _site!);
        bool creates = instruction.OpCode.Code == Code.Newobj;
        CallRule rule = ConstraintOf(unit) is { } constraint ? calls.OfConstrained(method, constraint) : calls.Of(method, creates);
        switch (rule.Kind)
        {
            case CallKind.Announce:
                editor.Before(unit, Number(SiteOf(MemberName(method), flow.PlaceOf(index))), Make(hooks.At));
                return true;
            case CallKind.Redirect:
                Redirect(editor, unit, instruction, method, rule.Target!);
                return true;
            case CallKind.RefuseBefore:
                editor.Before(unit, Number(Refusal(method, rule.Reason!)), Make(hooks.Reached));
                return true;
            case CallKind.RefuseInstead:
                editor.Instead(unit, [.. Pops(instruction, method, creates), Number(Refusal(method, rule.Reason!)),
                    Make(hooks.Gone), Instruction.Create(OpCodes.Throw)]);
                return true;
            case CallKind.Count:
                editor.Instead(unit, Number(rule.Counter), Make(hooks.Hit));
                return true;
            case CallKind.Drop when instruction.OpCode.Code == Code.Call:
                editor.Instead(unit, [.. Pops(instruction, method, creates), Instruction.Create(OpCodes.Nop)]);
                return true;
            default:
                if (opaque.TouchesOf(unit, method, flow, index) is not { } touches) return false;
                opaque.Hook(editor, unit, method, touches, SiteOf(MemberName(method)));
                return true;
        }
    }

    private void Redirect(MethodEditor editor, ReadOnlySpan<Instruction> unit, Instruction instruction, MethodReference method, MethodReference target)
    {
        if (instruction.OpCode.Code == Code.Ldftn) editor.Instead(unit, Instruction.Create(OpCodes.Ldftn, target));
        else if (instruction.OpCode.Code == Code.Ldvirtftn) editor.Instead(unit, Instruction.Create(OpCodes.Pop), Instruction.Create(OpCodes.Ldftn, target));
        else editor.Instead(unit, Number(SiteOf(MemberName(method))), Make(hooks.At), Make(target));
    }

    private static TypeReference? ConstraintOf(ReadOnlySpan<Instruction> unit)
    {
        foreach (Instruction prefix in unit[..^1])
        {
            if (prefix.OpCode.Code == Code.Constrained) return (TypeReference)prefix.Operand;
        }

        return null;
    }

    private static IEnumerable<Instruction> Pops(Instruction instruction, MethodReference method, bool creates)
    {
        int count = instruction.OpCode.Code switch
        {
            Code.Ldftn => 0,
            Code.Ldvirtftn => 1,
            _ => method.Parameters.Count + (method.HasThis && !creates ? 1 : 0),
        };
        return Enumerable.Range(0, count).Select(_ => Instruction.Create(OpCodes.Pop));
    }

    private void RefuseWhole(MethodEditor editor)
    {
        int call = Refuse(new UncontrolledCall(_name, _name, _line?.Document.Url, _line?.StartLine ?? 0, "it is compiled as runtime async, which has no twin"));
        editor.AtStart(Number(call), Make(hooks.Reached));
    }

    private int Refusal(MethodReference method, string reason)
    {
        string member = $"{SourceNames.WithoutArity(method.DeclaringType.GetElementType().Name)}.{(method.Name == ".ctor" ? "constructor" : method.Name)}";
        return Refuse(new UncontrolledCall(member, _name, _line?.Document.Url, _line?.StartLine ?? 0, reason));
    }

    private int Refuse(UncontrolledCall call)
    {
        uncontrolled.Add(call);
        return Uncontrolled.Add(call);
    }

    private int SiteOf(string what, TypeReference type) => SiteOf(what, new NamedPlace(what, type));

    private int FirstSiteOf(string what)
    {
        _line = _method.DebugInformation.SequencePoints.FirstOrDefault(line => !line.IsHidden);
        return SiteOf(what);
    }

    // Of a call that gets an address, a reader wants to know whose, and what stands there.
    private int SiteOf(string what, NamedPlace? place = null) => SiteTable.Add(new Site(
        _name, _line?.Document.Url, _line?.StartLine ?? 0, what, place is null ? null : TypeShape.ForTrace(place.Type), place?.Name));

    private string MemberName(MethodReference method)
    {
        if (_names.TryGetValue(method, out string? known)) return known;
        string type = SourceNames.WithoutArity(method.DeclaringType.GetElementType().Name);
        string name = method.Name.StartsWith("get_", StringComparison.Ordinal)
            || method.Name.StartsWith("set_", StringComparison.Ordinal) ? method.Name[4..] : method.Name;
        return _names[method] = name == ".ctor" ? $"new {type}" : $"{type}.{name}";
    }

    private static Instruction Number(int number) => Instruction.Create(OpCodes.Ldc_I4, number);
    private static Instruction Make(MethodReference method) => Instruction.Create(OpCodes.Call, method);
}
