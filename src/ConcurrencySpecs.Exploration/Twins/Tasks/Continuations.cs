using ConcurrencySpecs.Exploration.Scheduling;
using static ConcurrencySpecs.Exploration.Twins.TaskStarts;

namespace ConcurrencySpecs.Exploration.Twins;

/// <summary>What every ContinueWith comes down to: a step that adds the continuation, which the runtime then starts as a task of ours.</summary>
internal static class Continuations
{
    private const TaskContinuationOptions Conditions =
        TaskContinuationOptions.NotOnRanToCompletion | TaskContinuationOptions.NotOnFaulted | TaskContinuationOptions.NotOnCanceled;

    public static Task Then(
        Task self, Action<Task> then, CancellationToken token, TaskContinuationOptions options, TaskScheduler? scheduler)
    {
        scheduler ??= TaskScheduler.Current;
        if (!Steps.Exploring || then is null) return self.ContinueWith(then!, token, options, scheduler);
        Condition condition = Add(self, token, options);
        Action<Task> body = Ending<Task>(task => { condition.Check(task); then(task); });
        return condition.Bind(self.ContinueWith(body, condition.Token, options & ~Conditions, LogicalScheduler.For(scheduler)));
    }

    public static Task Then(
        Task self, Action<Task, object?> then, object? state, CancellationToken token, TaskContinuationOptions options, TaskScheduler? scheduler)
    {
        scheduler ??= TaskScheduler.Current;
        if (!Steps.Exploring || then is null) return self.ContinueWith(then!, state, token, options, scheduler);
        Condition condition = Add(self, token, options);
        Action<Task, object?> body = Ending<Task, object?>((task, state) => { condition.Check(task); then(task, state); });
        return condition.Bind(self.ContinueWith(body, state, condition.Token, options & ~Conditions, LogicalScheduler.For(scheduler)));
    }

    public static Task<R> Then<R>(
        Task self, Func<Task, R> then, CancellationToken token, TaskContinuationOptions options, TaskScheduler? scheduler)
    {
        scheduler ??= TaskScheduler.Current;
        if (!Steps.Exploring || then is null) return self.ContinueWith(then!, token, options, scheduler);
        Condition condition = Add(self, token, options);
        Func<Task, R> body = EndingWith<Task, R>(task => { condition.Check(task); return then(task); });
        return condition.Bind(self.ContinueWith(body, condition.Token, options & ~Conditions, LogicalScheduler.For(scheduler)));
    }

    public static Task<R> Then<R>(
        Task self, Func<Task, object?, R> then, object? state, CancellationToken token, TaskContinuationOptions options, TaskScheduler? scheduler)
    {
        scheduler ??= TaskScheduler.Current;
        if (!Steps.Exploring || then is null) return self.ContinueWith(then!, state, token, options, scheduler);
        Condition condition = Add(self, token, options);
        Func<Task, object?, R> body = EndingWith<Task, object?, R>((task, state) => { condition.Check(task); return then(task, state); });
        return condition.Bind(self.ContinueWith(body, state, condition.Token, options & ~Conditions, LogicalScheduler.For(scheduler)));
    }

    public static Task Then<T>(
        Task<T> self, Action<Task<T>> then, CancellationToken token, TaskContinuationOptions options, TaskScheduler? scheduler)
    {
        scheduler ??= TaskScheduler.Current;
        if (!Steps.Exploring || then is null) return self.ContinueWith(then!, token, options, scheduler);
        Condition condition = Add(self, token, options);
        Action<Task<T>> body = Ending<Task<T>>(task => { condition.Check(task); then(task); });
        return condition.Bind(self.ContinueWith(body, condition.Token, options & ~Conditions, LogicalScheduler.For(scheduler)));
    }

    public static Task Then<T>(
        Task<T> self, Action<Task<T>, object?> then, object? state, CancellationToken token, TaskContinuationOptions options, TaskScheduler? scheduler)
    {
        scheduler ??= TaskScheduler.Current;
        if (!Steps.Exploring || then is null) return self.ContinueWith(then!, state, token, options, scheduler);
        Condition condition = Add(self, token, options);
        Action<Task<T>, object?> body = Ending<Task<T>, object?>((task, state) => { condition.Check(task); then(task, state); });
        return condition.Bind(self.ContinueWith(body, state, condition.Token, options & ~Conditions, LogicalScheduler.For(scheduler)));
    }

    public static Task<R> Then<T, R>(
        Task<T> self, Func<Task<T>, R> then, CancellationToken token, TaskContinuationOptions options, TaskScheduler? scheduler)
    {
        scheduler ??= TaskScheduler.Current;
        if (!Steps.Exploring || then is null) return self.ContinueWith(then!, token, options, scheduler);
        Condition condition = Add(self, token, options);
        Func<Task<T>, R> body = EndingWith<Task<T>, R>(task => { condition.Check(task); return then(task); });
        return condition.Bind(self.ContinueWith(body, condition.Token, options & ~Conditions, LogicalScheduler.For(scheduler)));
    }

    public static Task<R> Then<T, R>(
        Task<T> self, Func<Task<T>, object?, R> then, object? state, CancellationToken token, TaskContinuationOptions options, TaskScheduler? scheduler)
    {
        scheduler ??= TaskScheduler.Current;
        if (!Steps.Exploring || then is null) return self.ContinueWith(then!, state, token, options, scheduler);
        Condition condition = Add(self, token, options);
        Func<Task<T>, object?, R> body = EndingWith<Task<T>, object?, R>((task, state) => { condition.Check(task); return then(task, state); });
        return condition.Bind(self.ContinueWith(body, state, condition.Token, options & ~Conditions, LogicalScheduler.For(scheduler)));
    }

    private static Condition Add(Task antecedent, CancellationToken token, TaskContinuationOptions options)
    {
        Look(token);
        TaskState.Change(antecedent, StepKind.Change);
        return new Condition(options & Conditions, token);
    }

    /// <summary>
    /// OnlyOn… and NotOn…: left to the runtime, a continuation that does not apply would be cancelled without a step. So it runs, as one that
    /// cancels itself.
    /// </summary>
    private sealed class Condition
    {
        private readonly TaskContinuationOptions _conditions;
        private readonly CancellationTokenSource? _refused;
        private readonly CancellationToken _asked;

        public Condition(TaskContinuationOptions conditions, CancellationToken token)
        {
            (_conditions, _asked) = (conditions, token);
            if (conditions == TaskContinuationOptions.None) return;
            _refused = new CancellationTokenSource();
            if (token.IsCancellationRequested) _refused.Cancel();
        }

        public CancellationToken Token => _refused?.Token ?? _asked;

        public T Bind<T>(T continuation) where T : Task
        {
            if (_refused is null) return Watched(continuation, _asked);
            if (!continuation.IsCompleted) Promises.OnCancelled(_asked, continuation, _refused.Cancel);
            return continuation;
        }

        public void Check(Task antecedent)
        {
            TaskContinuationOptions excluded = antecedent.Status switch
            {
                TaskStatus.RanToCompletion => TaskContinuationOptions.NotOnRanToCompletion,
                TaskStatus.Faulted => TaskContinuationOptions.NotOnFaulted,
                _ => TaskContinuationOptions.NotOnCanceled,
            };
            if ((_conditions & excluded) == 0) return;
            _refused!.Cancel();
            Token.ThrowIfCancellationRequested();
        }
    }
}
