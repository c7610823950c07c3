using System.Reflection;

namespace ConcurrencySpecs.Exploration.Rewriting;

/// <summary>Calls a body on whatever target a schedule has, without making a delegate for each.</summary>
internal abstract class BodyCall
{
    public abstract void Run(object? target);

    public static BodyCall Of(MethodInfo method, bool hasTarget, bool returnsTask)
    {
        if (!hasTarget) return returnsTask ? new StaticTask(method.CreateDelegate<Func<Task>>()) : new StaticAction(method.CreateDelegate<Action>());
        if (method.IsStatic || method.DeclaringType!.IsValueType) return new Bound(method, returnsTask);
        Type open = (returnsTask ? typeof(OpenTask<>) : typeof(OpenAction<>)).MakeGenericType(method.DeclaringType);
        return (BodyCall)Activator.CreateInstance(open, method)!;
    }

    private sealed class StaticAction(Action body) : BodyCall
    {
        public override void Run(object? target) => body();
    }

    private sealed class StaticTask(Func<Task> body) : BodyCall
    {
        public override void Run(object? target) => AwaitedBody.Wait(body());
    }

    private sealed class OpenAction<T>(MethodInfo method) : BodyCall where T : class
    {
        private readonly Action<T> _body = method.CreateDelegate<Action<T>>();
        public override void Run(object? target) => _body((T)target!);
    }

    private sealed class OpenTask<T>(MethodInfo method) : BodyCall where T : class
    {
        private readonly Func<T, Task> _body = method.CreateDelegate<Func<T, Task>>();
        public override void Run(object? target) => AwaitedBody.Wait(_body((T)target!));
    }

    // A method of a struct, or a static method closed over its first argument: rare enough for a delegate per schedule.
    private sealed class Bound(MethodInfo method, bool returnsTask) : BodyCall
    {
        public override void Run(object? target)
        {
            if (returnsTask) AwaitedBody.Wait(((Func<Task>)Delegate.CreateDelegate(typeof(Func<Task>), target, method))());
            else ((Action)Delegate.CreateDelegate(typeof(Action), target, method))();
        }
    }
}
