using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using Real = System.Threading.LazyInitializer;

namespace ConcurrencySpecs.Exploration.Twins;

/// <summary>Stands for <see cref="System.Threading.LazyInitializer"/>: looking, publishing and locking are steps, the program's factory runs between them.</summary>
[TwinOf(typeof(Real)), EditorBrowsable(EditorBrowsableState.Never)]
public static class LazyInitializer
{
    public static T EnsureInitialized<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] T>(ref T target)
        where T : class => EnsureInitialized(ref target, Activator.CreateInstance<T>);

    public static T EnsureInitialized<T>(ref T target, Func<T> valueFactory) where T : class
    {
        if (Volatile.Read(ref target) is not null) return target;
        T made = valueFactory() ?? throw new InvalidOperationException("ValueFactory returned null.");
        Interlocked.CompareExchange(ref target, made, null!);
        return target;
    }

    public static T EnsureInitialized<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] T>(
        ref T target, ref bool initialized, ref object? syncLock) =>
        EnsureInitialized(ref target, ref initialized, ref syncLock, Activator.CreateInstance<T>);

    public static T EnsureInitialized<T>(
        ref T target, ref bool initialized, ref object? syncLock, Func<T> valueFactory)
    {
        if (Volatile.Read(ref initialized)) return target;
        object gate = GateOf(ref syncLock);
        Monitor.Enter(gate);
        try
        {
            if (Volatile.Read(ref initialized)) return target;
            target = valueFactory();
            Volatile.Write(ref initialized, true);
            return target;
        }
        finally
        {
            Monitor.Exit(gate);
        }
    }

    public static T EnsureInitialized<T>(ref T target, ref object? syncLock, Func<T> valueFactory)
        where T : class
    {
        if (Volatile.Read(ref target) is not null) return target;
        object gate = GateOf(ref syncLock);
        Monitor.Enter(gate);
        try
        {
            if (Volatile.Read(ref target) is not null) return target;
            T made = valueFactory() ?? throw new InvalidOperationException("ValueFactory returned null.");
            Volatile.Write(ref target, made);
            return made;
        }
        finally
        {
            Monitor.Exit(gate);
        }
    }

    private static object GateOf(ref object? syncLock)
    {
        if (Volatile.Read(ref syncLock) is { } known) return known;
        object made = new();
        return Interlocked.CompareExchange(ref syncLock, made, null) ?? made;
    }
}
