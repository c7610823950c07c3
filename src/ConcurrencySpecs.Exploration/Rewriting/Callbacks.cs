using System.Runtime.CompilerServices;
using ConcurrencySpecs.Exploration.Scheduling;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace ConcurrencySpecs.Exploration.Rewriting;

/// <summary>Methods that shared code may call back while it goes through an object that threads share: a delegate's in <c>items.ForEach(…)</c>, a comparer's in
/// <c>items.Sort(comparer)</c>, a key's GetHashCode in a dictionary, an iterator's MoveNext in <c>items.AddRange(…)</c>.</summary>
/// <remarks>Each of them ends with a step on that object, if it took steps of its own: see <see cref="CallsUnderWay"/>. They are those that are virtual,
/// and those that a delegate is made of in the same assembly; not a group of methods of another assembly of the program.</remarks>
internal sealed class Callbacks
{
    private readonly HashSet<(TypeReference, string)> _delegates = [];

    public Callbacks(IEnumerable<MethodDefinition> methods)
    {
        foreach (MethodDefinition method in methods)
        {
            foreach (Instruction instruction in method.Body.Instructions)
            {
                if (instruction.OpCode.Code == Code.Ldftn && instruction.Operand is MethodReference taken)
                    _delegates.Add((taken.DeclaringType.GetElementType(), taken.Name));
            }
        }
    }

    /// <summary>Whether shared code may call the method.</summary>
    public bool Contains(MethodDefinition method) =>
        method.IsVirtual && !IsOfStateMachine(method) || _delegates.Contains((method.DeclaringType, method.Name));

    // It goes on where it was suspended; an exception that ends a schedule must not leave it after its last step.
    private static bool IsOfStateMachine(MethodDefinition method) =>
        method.DeclaringType.HasInterfaces && method.DeclaringType.Interfaces.Any(i => i.InterfaceType.Name == nameof(IAsyncStateMachine));

    /// <summary>Such a method begins; <see cref="Leave"/> takes the result.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Enter()
    {
        Execution? execution = Execution.Current;
        if (execution is null) return -1;
        LogicalThread me = execution.Running;
        return me.Calls.Enter(me.Steps);
    }

    /// <summary>Such a method is about to return.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Leave(long entered)
    {
        if (entered >= 0) GoOn(entered);
    }

    /// <summary>A call into shared code has returned.</summary>
    public static void End() => Execution.Current?.Running.Calls.End();

    private static void GoOn(long entered)
    {
        if (Execution.Current is not { } execution) return;
        LogicalThread me = execution.Running;
        foreach (CallsUnderWay.Visited visited in me.Calls.Leave(entered, me.Steps)) Opaque.Announce(visited.On, visited.Site, visited.Write);
    }
}
