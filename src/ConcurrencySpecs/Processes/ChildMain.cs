using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using ConcurrencySpecs.Native;

namespace ConcurrencySpecs.Processes;

/// <summary>The life of a child process, from before Main to its end.</summary>
internal static class ChildMain
{
    private const int Failed = 1, Kill = 9;

    /// <summary>The plan that this process carries out; null in a process that nobody started as a child.</summary>
    public static Plan? Plan { get; private set; }

    /// <summary>The names of this process's own children begin with it.</summary>
    public static string? NameOfThisProcess => Plan?.Name;

    /// <summary>In a child: runs its entry and ends the process. In every other process: returns.</summary>
    [RequiresUnreferencedCode(Payload.NeedsReflection), RequiresDynamicCode(Payload.NeedsReflection)]
    public static void TakeOver()
    {
        if (Environment.GetEnvironmentVariable(ChildProgram.LetterVariable) is not { } number) return;
        if (Letter.TryOpen(number) is not { } letter) return;
        Plan plan = Plan.Read(letter.ReadPlan());
        Forget(ChildProgram.LetterVariable, null);      // what this process starts by other means is no child of that parent
        if (Environment.GetEnvironmentVariable(ChildProgram.HooksVariable) != plan.EarlierHooks) Forget(ChildProgram.HooksVariable, plan.EarlierHooks);

        // First the wish to die with the parent, then the look at it: a parent that dies before the look is seen, one that dies after it is told.
        ProcessHandle.DieWithParent(Kill);
        if (ProcessHandle.ParentId() != plan.ParentId) Environment.Exit(Failed);
        Plan = plan;
        Environment.Exit(Run(plan, letter));
    }

    [RequiresUnreferencedCode(Payload.NeedsReflection), RequiresDynamicCode(Payload.NeedsReflection)]
    private static int Run(Plan plan, Letter letter)
    {
        using (letter)
        {
            try
            {
                letter.WriteOutcome(Outcome.Returned(Call(plan)).Write());
                return 0;
            }
            catch (Exception failure)
            {
                letter.WriteOutcome(Outcome.Threw(failure).Write());
                Tell($"{plan.Name} (process {Environment.ProcessId}) failed: {failure}");
                return Failed;
            }
        }
    }

    [RequiresUnreferencedCode(Payload.NeedsReflection), RequiresDynamicCode(Payload.NeedsReflection)]
    private static byte[] Call(Plan plan)
    {
        object?[] arguments = plan.ArgumentType is null ? [] : [ReadArgument(plan, plan.ArgumentType)];
        MethodInfo method = plan.Entry.Find();
        // A lambda that captures nothing is an instance method of a class without fields: any object of it will do.
        object? target = method.IsStatic ? null : RuntimeHelpers.GetUninitializedObject(method.DeclaringType!);
        object? result = method.Invoke(target, BindingFlags.DoNotWrapExceptions, binder: null, arguments, culture: null);
        return plan.ResultType is { } given ? Payload.Write(given.Find(), result) : [];
    }

    [RequiresUnreferencedCode(Payload.NeedsReflection), RequiresDynamicCode(Payload.NeedsReflection)]
    private static object? ReadArgument(Plan plan, TypePlace type)
    {
        var handed = new HandedDescriptors();
        foreach (int descriptor in plan.Handed) handed.Add(Descriptors.Adopt(descriptor));
        try
        {
            return handed.During(() => Payload.Read(type.Find(), plan.Argument));
        }
        finally
        {
            foreach (var file in handed.Files) file.Dispose();      // the objects have taken their own copies
        }
    }

    private static void Tell(string failure)
    {
        try
        {
            Console.Error.WriteLine(failure);
            Console.Error.Flush();
        }
        catch (IOException)
        {
            // there is no standard error, or nobody reads it any more: the parent has it in the letter
        }
    }

    private static void Forget(string variable, string? value)
    {
        Environment.SetEnvironmentVariable(variable, value);
        NativeEnvironment.Set(variable, value);         // the runtime's copy and the C library's are two
    }
}
