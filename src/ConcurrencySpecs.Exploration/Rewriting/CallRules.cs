using System.Reflection;
using Mono.Cecil;

namespace ConcurrencySpecs.Exploration.Rewriting;

/// <summary>What becomes of a call.</summary>
internal enum CallKind : byte
{
    /// <summary>Stays as it is.</summary>
    Keep,

    /// <summary>Goes to a twin type: the site is announced before it.</summary>
    Announce,

    /// <summary>Goes to <see cref="CallRule.Target"/> instead, announced.</summary>
    Redirect,

    /// <summary>Fails the schedule that reaches it; outside a schedule it runs.</summary>
    RefuseBefore,

    /// <summary>Fails wherever it is reached, because the member does not exist after redirection.</summary>
    RefuseInstead,

    /// <summary>Goes to the counter of a coverage tool outside, of number <see cref="CallRule.Counter"/>.</summary>
    Count,

    /// <summary>Disappears with its arguments: what else a coverage tool put there.</summary>
    Drop,
}

/// <summary>What becomes of one call.</summary>
/// <param name="Kind">What happens to it.</param>
/// <param name="Target">Where a redirected call goes.</param>
/// <param name="Reason">Why a refused call is refused.</param>
/// <param name="Counter">Which counter of a coverage tool is meant.</param>
internal readonly record struct CallRule(CallKind Kind, MethodReference? Target = null, string? Reason = null, int Counter = 0);

/// <summary>Decides, member by member, what becomes of the calls of one module.</summary>
internal sealed class CallRules(
    ModuleDefinition module, TypeRedirection redirection, TwinCatalog catalog, UncontrolledPolicy policy, CoverageTrackers trackers)
{
    private readonly Dictionary<MethodReference, CallRule> _known = [];
    private readonly Dictionary<TypeDefinition, HashSet<string>> _native = [];

    public CallRule Of(MethodReference method, bool creates)
    {
        if (_known.TryGetValue(method, out CallRule rule)) return rule;
        return _known[method] = Decide(method, creates);
    }

    /// <summary>The same for a call through an interface whose receiver is a struct: <c>using</c> and <c>await using</c> write such calls.</summary>
    /// <remarks>The receiver on the stack is an address, so only a method that takes one may stand for the call.</remarks>
    public CallRule OfConstrained(MethodReference method, TypeReference receiver)
    {
        if (catalog.HasCallsOf(receiver.GetElementType().FullName))
        {
            var called = new MethodReference(method.Name, method.ReturnType, receiver) { HasThis = true };
            foreach (ParameterDefinition parameter in method.Parameters) called.Parameters.Add(new ParameterDefinition(parameter.ParameterType));
            if (OfCalls(called, receiver.GetElementType(), creates: false) is { Kind: CallKind.Redirect } own) return own;
        }

        return Of(method, creates: false) is { Kind: not CallKind.Redirect } rule ? rule : default;
    }

    private CallRule Decide(MethodReference method, bool creates)
    {
        if (CoverageTrackers.Owns(method.DeclaringType))
        {
            if (trackers.CounterOf(method) is { } counter) return new CallRule(CallKind.Count, Counter: counter);
            return TypeShape.IsVoid(method.ReturnType) && !method.HasThis ? new CallRule(CallKind.Drop) : default;
        }

        TypeReference owner = method.DeclaringType.GetElementType();
        if (redirection.TwinOf(owner) is { } twin)
        {
            return catalog.HasMember(twin, Signature.Of(method.GetElementMethod())) ? new CallRule(CallKind.Announce)
                : new CallRule(CallKind.RefuseInstead, Reason: $"the twin of {owner.Name} has no such member");
        }

        if (catalog.HasCallsOf(owner.FullName)) return OfCalls(method, owner, creates);
        if (owner is TypeDefinition || TypeShape.Definition(owner) is not null) return OfTwinned(method, owner);
        if (redirection.Mentions(method.GetElementMethod()))
            return new CallRule(CallKind.RefuseInstead, Reason: "its signature has a type that the explorer replaces");
        return policy.Reason(method) is { } reason ? new CallRule(CallKind.RefuseBefore, Reason: reason) : default;
    }

    private CallRule OfCalls(MethodReference method, TypeReference owner, bool creates)
    {
        if (method.Name == ".ctor" && !creates) return default;
        string signature = creates ? "new " + Signature.Of(method.GetElementMethod()) : Signature.Of(method.GetElementMethod(), withReceiver: true);
        MethodInfo? target = catalog.CallOf(owner.FullName, method.Name, signature, out bool passes);
        if (target is not null) return new CallRule(CallKind.Redirect, Reference(target, method));
        return passes || policy.IsAllowed(owner, method.Name) ? default : new CallRule(CallKind.RefuseBefore, Reason: "it has no twin");
    }

    // Code that is rewritten is under control, save where it leaves for native code that may block.
    private CallRule OfTwinned(MethodReference method, TypeReference owner)
    {
        if (method.HasThis || (owner as TypeDefinition ?? TypeShape.Definition(owner)) is not { } type) return default;
        if (!_native.TryGetValue(type, out HashSet<string>? native))
        {
            _native[type] = native =
                type.Methods.Where(m => m.IsPInvokeImpl && !m.CustomAttributes.Any(a => a.AttributeType.Name == "SuppressGCTransitionAttribute"))
                .Select(m => m.Name).ToHashSet();
        }

        if (native.Count == 0 || !native.Contains(method.Name)) return default;
        string entry = type.Methods.First(m => m.Name == method.Name).PInvokeInfo?.EntryPoint ?? method.Name;
        bool allowed = policy.IsAllowed(owner, entry) || policy.IsAllowed(owner, method.Name);
        return allowed ? default : new CallRule(CallKind.RefuseBefore, Reason: "native code may block");
    }

    // Type parameters of the receiver go to the class that stands for it if that is generic, else they lead those of the method.
    private MethodReference Reference(MethodInfo target, MethodReference called)
    {
        MethodReference reference = module.ImportReference(target);
        IEnumerable<TypeReference> ofType = called.DeclaringType is GenericInstanceType instance ? instance.GenericArguments : [];
        IEnumerable<TypeReference> ofMethod = called is GenericInstanceMethod generic ? generic.GenericArguments : [];
        if (target.DeclaringType!.IsGenericTypeDefinition) reference = OnInstance(reference, module.ImportReference(target.DeclaringType), ofType);
        else ofMethod = ofType.Concat(ofMethod);

        if (!target.IsGenericMethodDefinition) return reference;
        var of = new GenericInstanceMethod(reference);
        foreach (TypeReference argument in ofMethod) of.GenericArguments.Add(argument);
        return of;
    }

    private static MethodReference OnInstance(MethodReference open, TypeReference owner, IEnumerable<TypeReference> arguments)
    {
        var of = new GenericInstanceType(owner);
        foreach (TypeReference argument in arguments) of.GenericArguments.Add(argument);
        var moved = new MethodReference(open.Name, open.ReturnType, of) { HasThis = false };
        foreach (ParameterDefinition parameter in open.Parameters) moved.Parameters.Add(new ParameterDefinition(parameter.ParameterType));
        foreach (GenericParameter parameter in open.GenericParameters) moved.GenericParameters.Add(new GenericParameter(parameter.Name, moved));
        return moved;
    }
}
