using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace ConcurrencySpecs.Processes;

/// <summary>The method that a child process runs, named so that the same program finds it again.</summary>
internal sealed record Entry(TypePlace Owner, int Token, TypePlace[] TypeArguments)
{
    /// <summary>Names the method of a delegate; refuses one that needs an object of this process.</summary>
    /// <exception cref="ArgumentException">The delegate captures variables or is bound to an object; the message names them.</exception>
    public static Entry Of(Delegate code)
    {
        MethodInfo method = code.Method;
        if (!code.HasSingleTarget) throw Refused("is several delegates in one. Call them from one static method");
        if (method.DeclaringType is not { Assembly.IsDynamic: false } type)
            throw Refused("was made at run time and exists in this process only. Use a static method");
        if (code.Target is { } target)
        {
            if (method.IsStatic || !target.GetType().IsDefined(typeof(CompilerGeneratedAttribute)))
                throw Refused($"is bound to an object of type {target.GetType()}, which exists in this process only. Use a static method and an argument");
            string[] captured = [.. CapturedBy(target.GetType()).Distinct(StringComparer.Ordinal)];
            if (captured.Length > 0)
                throw Refused($"captures {string.Join(", ", captured)}: a variable of this process does not exist in another. Pass its value as the argument");
        }

        return new(TypePlace.Of(type), method.MetadataToken, TypePlace.All(method.GetGenericArguments()));

        ArgumentException Refused(string why) => new($"The entry of a child process, {method.DeclaringType}.{method.Name}, {why}.", nameof(code));
    }

    /// <summary>Finds the method again; in the child.</summary>
    /// <exception cref="InvalidOperationException">Its assembly is another build in this process.</exception>
    [RequiresUnreferencedCode(Payload.NeedsReflection), RequiresDynamicCode(Payload.NeedsReflection)]
    public MethodInfo Find()
    {
        Type owner = Owner.Find();
        MethodBase open = owner.Module.ResolveMethod(Token)!;
        var method = (MethodInfo)MethodBase.GetMethodFromHandle(open.MethodHandle, owner.TypeHandle)!;
        return TypeArguments.Length == 0 ? method : method.MakeGenericMethod(TypePlace.FindAll(TypeArguments));
    }

    public void Write(BinaryWriter to)
    {
        Owner.Write(to);
        to.Write(Token);
        TypePlace.WriteAll(to, TypeArguments);
    }

    public static Entry Read(BinaryReader from) => new(TypePlace.Read(from), from.ReadInt32(), TypePlace.ReadAll(from));

    // A lambda's variables are the fields of a class that the compiler makes; outer scopes hang on fields whose type is such a class again.
    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "A variable that the lambda uses is a field that is kept.")]
    private static IEnumerable<string> CapturedBy(Type closure) =>
        closure.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).SelectMany(field =>
            field.Name.EndsWith("__this", StringComparison.Ordinal) ? ["'this'"]
            : field.Name.StartsWith("CS$<>", StringComparison.Ordinal) ? CapturedBy(field.FieldType)
            : (IEnumerable<string>)[$"'{field.Name}'"]);
}
