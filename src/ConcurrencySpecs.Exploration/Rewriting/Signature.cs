using System.Reflection;
using System.Text;
using Mono.Cecil;

namespace ConcurrencySpecs.Exploration.Rewriting;

/// <summary>One spelling for a member's signature, whether it is read from an image (Cecil) or from a loaded type (reflection).</summary>
/// <remarks>Type parameters are written by position (<c>!0</c> of the type, <c>!!0</c> of the method); assemblies are left out, because
/// the same framework type is named through a facade in one place and through its home in the other.</remarks>
internal static class Signature
{
    public static string Of(MethodReference method, bool withReceiver = false)
    {
        var text = new StringBuilder();
        Append(text, method.ReturnType);
        text.Append(' ').Append(method.Name).Append('`').Append(method.GetElementMethod().GenericParameters.Count).Append('(');
        if (withReceiver && method.HasThis) text.Append("this,");
        foreach (ParameterDefinition parameter in method.Parameters)
        {
            Append(text, parameter.ParameterType);
            text.Append(',');
        }

        return text.Append(')').ToString();
    }

    /// <summary>The signature of <paramref name="method"/>; <paramref name="skip"/> leading parameters are a receiver and left out, and
    /// <paramref name="lead"/> leading type parameters stand for those of the receiver's type.</summary>
    public static string Of(MethodBase method, string? name = null, int skip = 0, int lead = 0)
    {
        var text = new StringBuilder();
        Append(text, method is MethodInfo { ReturnType: var returned } && name != ".ctor" ? returned : typeof(void), lead);
        text.Append(' ').Append(name ?? method.Name).Append('`').Append((method.IsGenericMethod ? method.GetGenericArguments().Length : 0) - lead).Append('(');
        if (skip > 0) text.Append("this,");
        foreach (ParameterInfo parameter in method.GetParameters().Skip(skip))
        {
            Append(text, parameter.ParameterType, lead);
            text.Append(',');
        }

        return text.Append(')').ToString();
    }

    private static void Append(StringBuilder text, TypeReference type)
    {
        switch (type)
        {
            case GenericParameter parameter:
                text.Append(parameter.Type == GenericParameterType.Method ? "!!" : "!").Append(parameter.Position);
                break;
            case IModifierType modified:
                Append(text, modified.ElementType);
                break;
            case GenericInstanceType instance:
                Append(text, instance.ElementType);
                text.Append('[');
                foreach (TypeReference argument in instance.GenericArguments) Append(text, argument);
                text.Append(']');
                break;
            case ArrayType array:
                Append(text, array.ElementType);
                text.Append('[').Append(',', array.Rank - 1).Append(']');
                break;
            case ByReferenceType reference:
                Append(text, reference.ElementType);
                text.Append('&');
                break;
            case PointerType pointer:
                Append(text, pointer.ElementType);
                text.Append('*');
                break;
            case FunctionPointerType:
                text.Append("fnptr");
                break;
            default:
                text.Append('<').Append(type.FullName).Append('>');
                break;
        }
    }

    private static void Append(StringBuilder text, Type type, int lead)
    {
        if (type.IsGenericParameter)
        {
            int position = type.GenericParameterPosition;
            bool ofMethod = type.DeclaringMethod is not null && position >= lead;
            text.Append(ofMethod ? "!!" : "!").Append(ofMethod ? position - lead : position);
        }
        else if (type.IsByRef) Append(text, type.GetElementType()!, lead, '&');
        else if (type.IsPointer) Append(text, type.GetElementType()!, lead, '*');
        else if (type.IsFunctionPointer) text.Append("fnptr");
        else if (type.IsArray)
        {
            Append(text, type.GetElementType()!, lead, '[');
            text.Append(',', type.GetArrayRank() - 1).Append(']');
        }
        else if (type.IsConstructedGenericType || type.IsGenericTypeDefinition)
        {
            text.Append('<').Append(Name(type.IsGenericTypeDefinition ? type : type.GetGenericTypeDefinition())).Append(">[");
            foreach (Type argument in type.GetGenericArguments()) Append(text, argument, lead);
            text.Append(']');
        }
        else text.Append('<').Append(Name(type)).Append('>');
    }

    private static void Append(StringBuilder text, Type element, int lead, char suffix)
    {
        Append(text, element, lead);
        text.Append(suffix);
    }

    // Cecil writes nested types with a slash where reflection writes a plus.
    private static string Name(Type type) => type.FullName!.Replace('+', '/');
}
