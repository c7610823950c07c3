using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;
using ConcurrencySpecs.Exploration.Scheduling;
using Mono.Cecil;

namespace ConcurrencySpecs.Exploration.Rewriting;

/// <summary>What shared code calls back while it goes through an object that threads share: <c>items.ForEach(…)</c>, <c>items.Where(…)</c>.</summary>
/// <remarks>A callback takes steps of its own, so shared code comes back to the object as often as a callback returns to it; each time is a step.</remarks>
internal static class Callbacks
{
    private static readonly string[] _kinds = ["Func", "Action", "Predicate", "Comparison", "Converter"];

    private static readonly ConcurrentDictionary<Type, Func<Delegate, object, int, Delegate>?> _reading = new(), _writing = new();

    /// <summary>Whether an argument is called, and never compared with another, by the method that gets it.</summary>
    public static bool IsOne(MethodReference method, TypeReference argument) =>
        argument is GenericInstanceType { Namespace: "System" } type && _kinds.Contains(SourceNames.WithoutArity(type.Name))
        && !method.Name.StartsWith("add_", StringComparison.Ordinal) && !method.Name.StartsWith("remove_", StringComparison.Ordinal);

    /// <summary>The callback, followed by a step that reads the object.</summary>
    public static object? ThenRead(object? callback, object? on, int site) => Then(_reading, nameof(Opaque.Read), callback, on, site);

    /// <summary>The callback, followed by a step that changes the object.</summary>
    public static object? ThenWrite(object? callback, object? on, int site) => Then(_writing, nameof(Opaque.Write), callback, on, site);

    private static object? Then(
        ConcurrentDictionary<Type, Func<Delegate, object, int, Delegate>?> makers, string step, object? callback, object? on, int site)
    {
        if (Execution.Current is null || on is null || callback is not Delegate called || !Opaque.Announces(on)) return callback;
        Func<Delegate, object, int, Delegate>? make = makers.GetOrAdd(called.GetType(), static (type, step) => MakerOf(type, step), step);
        return make is null ? callback : make(called, on, site);
    }

    // (called, on, site) => (a, b) => { var result = called(a, b); Opaque.Read(on, site); return result; }
    private static Func<Delegate, object, int, Delegate>? MakerOf(Type type, string step)
    {
        MethodInfo invoke = type.GetMethod("Invoke")!;
        if (invoke.GetParameters().Any(parameter => parameter.ParameterType.IsByRef || parameter.ParameterType.IsByRefLike)) return null;
        if (invoke.ReturnType.IsByRef || invoke.ReturnType.IsByRefLike) return null;
        ParameterExpression called = Expression.Parameter(typeof(Delegate));
        ParameterExpression on = Expression.Parameter(typeof(object)), site = Expression.Parameter(typeof(int));
        ParameterExpression[] arguments = [.. invoke.GetParameters().Select(parameter => Expression.Parameter(parameter.ParameterType))];
        Expression call = Expression.Invoke(Expression.Convert(called, type), arguments);
        Expression then = Expression.Call(TwinCatalog.Hook(typeof(Opaque), step), on, site);
        Expression body;
        if (invoke.ReturnType == typeof(void)) body = Expression.Block(call, then);
        else
        {
            ParameterExpression result = Expression.Variable(invoke.ReturnType);
            body = Expression.Block([result], Expression.Assign(result, call), then, result);
        }

        return Expression.Lambda<Func<Delegate, object, int, Delegate>>(Expression.Lambda(type, body, arguments), called, on, site).Compile();
    }
}
