using Mono.Cecil;
using Mono.Cecil.Cil;

namespace ConcurrencySpecs.Exploration.Rewriting;

/// <summary>Which methods of a module may come to call themselves, so that a recursion without end and without a step can be stopped in time.</summary>
/// <remarks>
/// Who calls whom, by type and name; a virtual call may reach every method of that name, a delegate every method that one is made of, and code of
/// others that is rewritten too may call back anything of both kinds. Whoever cannot be on a circle of this graph is left alone, for looking costs.
/// Not seen: a circle through the framework that makes no delegate on its way.
/// </remarks>
internal sealed class Recursion
{
    private const string Delegates = "()", Others = "~";

    private readonly Dictionary<string, HashSet<string>> _calls = [];
    private readonly Dictionary<MethodReference, (string Target, string Virtual)> _names = [];

    public Recursion(IEnumerable<MethodDefinition> methods)
    {
        Calls(Others, Delegates);
        foreach (MethodDefinition method in methods) Look(method);
        Peel();
    }

    public bool Contains(MethodDefinition method) => _calls.ContainsKey(Name(method.DeclaringType, method));

    private void Look(MethodDefinition method)
    {
        string caller = Name(method.DeclaringType, method);
        if (method.IsVirtual)
        {
            Calls(Virtual(method), caller);
            Calls(Others, caller);
        }

        foreach (Instruction instruction in method.Body.Instructions)
        {
            if (instruction.Operand is not MethodReference called) continue;
            if (!_names.TryGetValue(called, out (string Target, string Virtual) names)) _names[called] = names = (Target(called), Virtual(called));
            if (instruction.OpCode.Code is Code.Ldftn) Calls(Delegates, names.Target);
            Calls(caller, names.Target);
            if (instruction.OpCode.Code is Code.Callvirt or Code.Ldvirtftn) Calls(caller, names.Virtual);
            if (called is GenericInstanceMethod { Name: "Start" } start && start.GenericArguments[0].GetElementType() is TypeDefinition machine)
                Calls(caller, $"{machine.FullName}::MoveNext");
        }
    }

    // Nothing that calls nobody, and nobody who is not called, is on a circle; nor, without them, are those next to them.
    private void Peel()
    {
        for (int before = -1; before != _calls.Count;)
        {
            before = _calls.Count;
            foreach (HashSet<string> called in _calls.Values) called.RemoveWhere(name => !_calls.ContainsKey(name));
            HashSet<string> wanted = [.. _calls.Values.SelectMany(called => called)];
            foreach (string name in _calls.Where(call => call.Value.Count == 0 || !wanted.Contains(call.Key)).Select(call => call.Key).ToArray())
                _calls.Remove(name);
        }
    }

    private void Calls(string caller, string called)
    {
        if (!_calls.TryGetValue(caller, out HashSet<string>? of)) _calls[caller] = of = [];
        of.Add(called);
    }

    private static string Target(MethodReference called)
    {
        TypeReference owner = called.DeclaringType.GetElementType();
        if (owner is TypeDefinition) return Name(owner, called);
        if (called.Name == "Invoke") return Delegates;
        return AssemblyScope.IsFrameworkName(owner.Scope.Name) ? "" : Others;
    }

    private static string Virtual(MethodReference called) => $"*{called.Name[(called.Name.LastIndexOf('.') + 1)..]}";

    private static string Name(TypeReference owner, MethodReference method) => $"{owner.FullName}::{method.Name}";
}
