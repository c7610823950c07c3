using System.Runtime.CompilerServices;
using ConcurrencySpecs.Exploration;
using ConcurrencySpecs.Exploration.Twins;

/// <summary>The layouts of the runtime that twins read.</summary>
public sealed class The_first_reference_of
{
    [Fact]
    public void an_awaiter_is_its_task()
    {
        Task<string> task = Task.FromResult("x");
        Task<int> number = Task.FromResult(int.MinValue);
        TaskAwaiter plain = ((Task)task).GetAwaiter();
        TaskAwaiter<string> typed = task.GetAwaiter();
        ConfiguredTaskAwaitable.ConfiguredTaskAwaiter configured = ((Task)task).ConfigureAwait(true).GetAwaiter();
        ConfiguredTaskAwaitable<string>.ConfiguredTaskAwaiter configuredTyped = task.ConfigureAwait(true).GetAwaiter();
        ValueTaskAwaiter value = new ValueTask(task).GetAwaiter();
        ValueTaskAwaiter<string> valueTyped = new ValueTask<string>(task).GetAwaiter();
        ValueTaskAwaiter<int> valueNumber = new ValueTask<int>(number).GetAwaiter();
        ConfiguredValueTaskAwaitable<string>.ConfiguredValueTaskAwaiter valueConfigured = new ValueTask<string>(task).ConfigureAwait(true).GetAwaiter();
        Assert.All(
            [
                Builders.TaskOf(ref plain), Builders.TaskOf(ref typed), Builders.TaskOf(ref configured), Builders.TaskOf(ref configuredTyped),
                Builders.TaskOf(ref value), Builders.TaskOf(ref valueTyped), Builders.TaskOf(ref valueConfigured),
            ], seen => Assert.Same(task, seen));
        Assert.Same(number, Builders.TaskOf(ref valueNumber));
    }

    [Fact]
    public void a_builder_is_its_task_once_it_has_one()
    {
        AsyncTaskMethodBuilder plain = AsyncTaskMethodBuilder.Create();
        AsyncTaskMethodBuilder<string> typed = AsyncTaskMethodBuilder<string>.Create();
        Assert.Null(Builders.TaskOf(ref plain));
        Assert.Null(Builders.TaskOf(ref typed));
        Assert.Same(plain.Task, Builders.TaskOf(ref plain));
        Assert.Same(typed.Task, Builders.TaskOf(ref typed));
    }

    [Fact]
    public void a_value_task_is_what_stands_behind_it()
    {
        Task<string> task = Task.FromResult("x");
        var wrapped = new ValueTask<string>(task);
        var result = new ValueTask<string>("x");
        Assert.Same(task, Builders.TaskOf(ref wrapped));
        Assert.Null(Builders.TaskOf(ref result));
    }
}

public sealed class An_awaiter_of_the_programs_own
{
    [Fact]
    public void that_throws_when_it_is_given_the_continuation_fails_the_schedule()
    {
        foreach (Func<Task> body in (Func<Task>[])[() => Plain(), () => Typed(), () => Value().AsTask(), () => TypedValue().AsTask()])
        {
            var failed = Assert.Throws<ExplorationFailedException>(() => Explore.Every(async () => await body()));
            Assert.Contains("an awaiter threw NotSupportedException, which ends the process: not today", failed.Message, StringComparison.Ordinal);
        }
        static async Task Plain() => await new Refusing();
        static async Task<int> Typed() { await new Refusing(); return 1; }
        static async ValueTask Value() => await new Refusing();
        static async ValueTask<int> TypedValue() { await new Refusing(); return 1; }
    }

    private readonly struct Refusing : INotifyCompletion
    {
        public Refusing GetAwaiter() => this;
        public bool IsCompleted => false;
        public void GetResult() { }
        public void OnCompleted(Action continuation) => throw new NotSupportedException("not today");
    }
}
