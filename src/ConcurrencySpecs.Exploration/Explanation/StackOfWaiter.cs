using System.Diagnostics;
using System.Runtime.ExceptionServices;
using System.Text;

namespace ConcurrencySpecs.Exploration.Explanation;

/// <summary>Where an operating-system thread waits, for a report on one that is given up.</summary>
/// <remarks>The runtime shows no thread the stack of another. So the waiter is interrupted and tells its own stack where the interruption is thrown.
/// It then leaves what it waited in, with the locks there, up to its next step.</remarks>
internal sealed class StackOfWaiter
{
    private const int MostFrames = 20;
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(2);

    private readonly Thread _thread;
    private readonly TaskCompletionSource<string> _stack = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private StackOfWaiter(Thread thread) => _thread = thread;

    /// <summary>The stack, innermost call first, one line for each; null for a thread that computes, or waits in native code.</summary>
    public static string? Take(Thread thread)
    {
        if ((thread.ThreadState & System.Threading.ThreadState.WaitSleepJoin) == 0) return null;
        var waiter = new StackOfWaiter(thread);
        AppDomain.CurrentDomain.FirstChanceException += waiter.Thrown;
        try
        {
            thread.Interrupt();
            return waiter._stack.Task.Wait(_patience) ? waiter._stack.Task.Result : null;
        }
        finally
        {
            AppDomain.CurrentDomain.FirstChanceException -= waiter.Thrown;
        }
    }

    private void Thrown(object? sender, FirstChanceExceptionEventArgs thrown)
    {
        if (Thread.CurrentThread != _thread || thrown.Exception is not ThreadInterruptedException) return;
        _stack.TrySetResult(Text(new StackTrace(skipFrames: 1, fNeedFileInfo: true)));
    }

    private static string Text(StackTrace stack)
    {
        var text = new StringBuilder();
        foreach (StackFrame frame in stack.GetFrames().Where(IsOfTheProgram).Take(MostFrames))
        {
            System.Reflection.MethodBase method = frame.GetMethod()!;
            text.Append("\n  in ").Append(method.DeclaringType?.Name).Append('.').Append(method.Name);
            if (frame.GetFileName() is { } file) text.Append(" at ").Append(Path.GetFileName(file)).Append(':').Append(frame.GetFileLineNumber());
        }

        return text.ToString();
    }

    private static bool IsOfTheProgram(StackFrame frame) => frame.GetMethod()?.DeclaringType is { } type
        && type.Namespace?.StartsWith("ConcurrencySpecs.Exploration.", StringComparison.Ordinal) != true
        && type.Assembly != typeof(StackOfWaiter).Assembly;
}
