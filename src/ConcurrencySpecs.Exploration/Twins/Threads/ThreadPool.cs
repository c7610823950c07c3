using System.ComponentModel;
using Real = System.Threading.ThreadPool;

namespace ConcurrencySpecs.Exploration.Twins;

/// <summary>Stands for <see cref="System.Threading.ThreadPool"/>: every item is a logical thread of its own.</summary>
[TwinOf(typeof(Real)), EditorBrowsable(EditorBrowsableState.Never)]
public static class ThreadPool
{
    private const string Worker = "pool thread";

    public static int ThreadCount => Real.ThreadCount;
    public static long CompletedWorkItemCount => Real.CompletedWorkItemCount;
    public static long PendingWorkItemCount => Real.PendingWorkItemCount;

    public static bool SetMaxThreads(int workerThreads, int completionPortThreads) => Real.SetMaxThreads(workerThreads, completionPortThreads);
    public static bool SetMinThreads(int workerThreads, int completionPortThreads) => Real.SetMinThreads(workerThreads, completionPortThreads);
    public static void GetMaxThreads(out int workerThreads, out int completionPortThreads) => Real.GetMaxThreads(out workerThreads, out completionPortThreads);
    public static void GetMinThreads(out int workerThreads, out int completionPortThreads) => Real.GetMinThreads(out workerThreads, out completionPortThreads);
    public static void GetAvailableThreads(out int workerThreads, out int completionPortThreads) =>
        Real.GetAvailableThreads(out workerThreads, out completionPortThreads);

    public static bool QueueUserWorkItem(WaitCallback callBack) => QueueUserWorkItem(callBack, null);

    public static bool QueueUserWorkItem(WaitCallback callBack, object? state) =>
        Steps.Starting && callBack is not null ? Queue(() => callBack(state), flow: true) : Real.QueueUserWorkItem(callBack!, state);

    public static bool QueueUserWorkItem<TState>(Action<TState> callBack, TState state, bool preferLocal) =>
        Steps.Starting && callBack is not null ? Queue(() => callBack(state), flow: true) : Real.QueueUserWorkItem(callBack!, state, preferLocal);

    public static bool UnsafeQueueUserWorkItem(WaitCallback callBack, object? state) =>
        Steps.Starting && callBack is not null ? Queue(() => callBack(state), flow: false) : Real.UnsafeQueueUserWorkItem(callBack!, state);

    public static bool UnsafeQueueUserWorkItem<TState>(Action<TState> callBack, TState state, bool preferLocal) =>
        Steps.Starting && callBack is not null ? Queue(() => callBack(state), flow: false) : Real.UnsafeQueueUserWorkItem(callBack!, state, preferLocal);

    public static bool UnsafeQueueUserWorkItem(IThreadPoolWorkItem callBack, bool preferLocal) =>
        Steps.Starting && callBack is not null ? Queue(callBack.Execute, flow: false) : Real.UnsafeQueueUserWorkItem(callBack!, preferLocal);

    public static RegisteredWaitHandle RegisterWaitForSingleObject(
        WaitHandle waitObject, WaitOrTimerCallback callBack, object? state, uint millisecondsTimeOutInterval, bool executeOnlyOnce) =>
        Register(waitObject, callBack, state, Long(millisecondsTimeOutInterval), executeOnlyOnce, flow: true);
    public static RegisteredWaitHandle RegisterWaitForSingleObject(
        WaitHandle waitObject, WaitOrTimerCallback callBack, object? state, int millisecondsTimeOutInterval, bool executeOnlyOnce) =>
        Register(waitObject, callBack, state, millisecondsTimeOutInterval, executeOnlyOnce, flow: true);
    public static RegisteredWaitHandle RegisterWaitForSingleObject(
        WaitHandle waitObject, WaitOrTimerCallback callBack, object? state, long millisecondsTimeOutInterval, bool executeOnlyOnce) =>
        Register(waitObject, callBack, state, millisecondsTimeOutInterval, executeOnlyOnce, flow: true);
    public static RegisteredWaitHandle RegisterWaitForSingleObject(
        WaitHandle waitObject, WaitOrTimerCallback callBack, object? state, TimeSpan timeout, bool executeOnlyOnce) =>
        Register(waitObject, callBack, state, (long)timeout.TotalMilliseconds, executeOnlyOnce, flow: true);
    public static RegisteredWaitHandle UnsafeRegisterWaitForSingleObject(
        WaitHandle waitObject, WaitOrTimerCallback callBack, object? state, uint millisecondsTimeOutInterval, bool executeOnlyOnce) =>
        Register(waitObject, callBack, state, Long(millisecondsTimeOutInterval), executeOnlyOnce, flow: false);
    public static RegisteredWaitHandle UnsafeRegisterWaitForSingleObject(
        WaitHandle waitObject, WaitOrTimerCallback callBack, object? state, int millisecondsTimeOutInterval, bool executeOnlyOnce) =>
        Register(waitObject, callBack, state, millisecondsTimeOutInterval, executeOnlyOnce, flow: false);
    public static RegisteredWaitHandle UnsafeRegisterWaitForSingleObject(
        WaitHandle waitObject, WaitOrTimerCallback callBack, object? state, long millisecondsTimeOutInterval, bool executeOnlyOnce) =>
        Register(waitObject, callBack, state, millisecondsTimeOutInterval, executeOnlyOnce, flow: false);
    public static RegisteredWaitHandle UnsafeRegisterWaitForSingleObject(
        WaitHandle waitObject, WaitOrTimerCallback callBack, object? state, TimeSpan timeout, bool executeOnlyOnce) =>
        Register(waitObject, callBack, state, (long)timeout.TotalMilliseconds, executeOnlyOnce, flow: false);

    private static RegisteredWaitHandle Register(WaitHandle on, WaitOrTimerCallback callback, object? state, long milliseconds, bool once, bool flow)
    {
        if (!Steps.Starting || on is null || callback is null || milliseconds is < Timeout.Infinite or > int.MaxValue)
            return new(flow ? Real.RegisterWaitForSingleObject(on?.RealHandle!, callback!, state, milliseconds, once)
                : Real.UnsafeRegisterWaitForSingleObject(on?.RealHandle!, callback!, state, milliseconds, once));
        return new(on, (int)milliseconds, once, expired => callback(state, expired), flow ? ExecutionContext.Capture() : null);
    }

    private static long Long(uint milliseconds) => milliseconds == uint.MaxValue ? Timeout.Infinite : milliseconds;

    private static bool Queue(Action body, bool flow)
    {
        Steps.Go(body, Worker, context: flow ? ExecutionContext.Capture() : null);
        return true;
    }
}
