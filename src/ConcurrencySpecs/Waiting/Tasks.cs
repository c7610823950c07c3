namespace ConcurrencySpecs.Waiting;

/// <summary>What code gives back that has returned long before its work is done.</summary>
internal static class Tasks
{
    public static bool Include(Type type) => type.IsAssignableTo(typeof(Task)) || type == typeof(ValueTask)
        || (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ValueTask<>));
}
