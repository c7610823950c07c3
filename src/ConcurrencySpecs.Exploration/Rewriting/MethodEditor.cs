using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Collections.Generic;

namespace ConcurrencySpecs.Exploration.Rewriting;

/// <summary>Writes a body anew, instruction by instruction, with more code in between.</summary>
/// <remarks>
/// Branches, exception ranges, sequence points and scopes hold on to instruction objects. So the object that stood at a place keeps that place
/// and takes over the first new instruction, while the old one moves on as a copy: whoever jumped to it now runs the new code first.
/// </remarks>
internal sealed class MethodEditor
{
    // I1  every old instruction object is emitted exactly once, in the old order
    private readonly MethodBody _old;
    private readonly List<Instruction> _code;
    private readonly Dictionary<(string Type, int Use), VariableDefinition> _spills = [];

    /// <param name="method">The method whose body is written.</param>
    /// <param name="code">Where; what is in it is forgotten.</param>
    public MethodEditor(MethodDefinition method, List<Instruction> code)
    {
        (Method, _old, _code) = (method, method.Body, code);
        code.Clear();
    }

    public MethodDefinition Method { get; }

    public bool Changed { get; private set; }

    public void Keep(ReadOnlySpan<Instruction> unit) => _code.AddRange(unit);

    /// <summary>Emits one more instruction after the unit that was emitted last.</summary>
    public void Add(Instruction added) => _code.Add(added);

    /// <summary>Emits <paramref name="added"/> and then the unit: an instruction with its prefixes.</summary>
    public void Before(ReadOnlySpan<Instruction> unit, params ReadOnlySpan<Instruction> added)
    {
        Instruction place = unit[0];
        Instruction moved = Copy(place);
        TakeOver(place, added);
        _code.Add(moved);
        _code.AddRange(unit[1..]);
    }

    /// <summary>Emits <paramref name="added"/> instead of the unit.</summary>
    public void Instead(ReadOnlySpan<Instruction> unit, params ReadOnlySpan<Instruction> added) => TakeOver(unit[0], added);

    /// <summary>Puts code in front of everything emitted so far, outside all loops of the body.</summary>
    public void AtStart(params ReadOnlySpan<Instruction> added)
    {
        Collection<SequencePoint> lines = Method.DebugInformation.SequencePoints;
        if (lines.Count > 0 && lines[0].Offset == 0 && !IsTarget(_code[0])) lines[0] = Moved(lines[0], added[0]);
        _code.InsertRange(0, added);
        Changed = true;
    }

    // Where the body begins with a loop, its first line stays with the loop: a breakpoint there is for every round.
    private bool IsTarget(Instruction place) => _code.Exists(instruction =>
        instruction.Operand == place || instruction.Operand is Instruction[] targets && Array.IndexOf(targets, place) >= 0);

    internal static SequencePoint Moved(SequencePoint line, Instruction to) => new(to, line.Document)
    {
        StartLine = line.StartLine,
        StartColumn = line.StartColumn,
        EndLine = line.EndLine,
        EndColumn = line.EndColumn,
    };

    private void TakeOver(Instruction place, ReadOnlySpan<Instruction> added)
    {
        (place.OpCode, place.Operand) = (added[0].OpCode, added[0].Operand);
        _code.Add(place);
        _code.AddRange(added[1..]);
        Changed = true;
    }

    /// <summary>A local variable that holds an operand while a hook runs; uses of one type share it.</summary>
    public VariableDefinition Spill(TypeReference type, int use = 0)
    {
        type = TypeShape.Bare(type);
        var key = (type.FullName, use);
        if (_spills.TryGetValue(key, out VariableDefinition? variable)) return variable;
        variable = new VariableDefinition(type);
        _old.Variables.Add(variable);
        _old.InitLocals = true;
        return _spills[key] = variable;
    }

    /// <summary>Puts the new code in place.</summary>
    public void Finish()
    {
        if (!Changed) return;
        var body = new MethodBody(Method) { InitLocals = _old.InitLocals };
        foreach (VariableDefinition variable in _old.Variables.ToArray()) body.Variables.Add(variable);
        body.Instructions.Capacity = _code.Count;
        foreach (Instruction instruction in _code) body.Instructions.Add(instruction);
        foreach (ExceptionHandler handler in _old.ExceptionHandlers) body.ExceptionHandlers.Add(handler);
        Method.Body = body;
    }

    public static Instruction Copy(Instruction instruction)
    {
        Instruction copy = Instruction.Create(OpCodes.Nop);
        (copy.OpCode, copy.Operand) = (instruction.OpCode, instruction.Operand);
        return copy;
    }
}
