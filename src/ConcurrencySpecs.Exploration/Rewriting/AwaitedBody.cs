using System.Runtime.CompilerServices;
using ConcurrencySpecs.Exploration.Twins;

namespace ConcurrencySpecs.Exploration.Rewriting;

/// <summary>Waits for the task of an async body as a logical thread waits, and throws what it ended with.</summary>
internal static class AwaitedBody
{
    public static void Wait(Task? body)
    {
        if (body is null) throw new InvalidOperationException("The body returned null instead of a task.");
        TaskAwaiter awaiter = body.GetAwaiter();
        TaskAwaiterCalls.GetResult(ref awaiter);
    }
}
