using System.Runtime.ExceptionServices;

namespace ConcurrencySpecs.Exploration.Scheduling;

// The host: the operating-system thread on which the exploration, and thread 0 of every execution, runs.
internal sealed partial class Execution : IDisposable
{
    /// <summary>How long the running thread may take no step before the watchdog calls it stuck.</summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Whether the watchdog has given this execution up; its threads are left behind and it cannot be used again.</summary>
    public bool Lost { get => _lost; private set => _lost = value; }

    private volatile bool _lost;

    /// <summary>Runs <paramref name="job"/> on the host and waits for it; false when the watchdog gave it up.</summary>
    /// <exception cref="ObjectDisposedException">The execution was disposed, or given up before.</exception>
    public bool OnHost(Action job)
    {
        ObjectDisposedException.ThrowIf(_closing || Lost, this);
        _job = job;
        _jobFailure = null;
        _done.Reset();
        _host.Gate.Open();
        if (!Watch()) return false;
        if (_jobFailure is not null) ExceptionDispatchInfo.Capture(_jobFailure).Throw();
        return true;
    }

    private bool Watch()
    {
        (long run, int steps) seen = (-1, -1);
        while (!_done.Wait(Patience))
        {
            (long run, int steps) now = (Interlocked.Read(ref _run), Steps);
            if (InBody && now == seen && !System.Diagnostics.Debugger.IsAttached)     // who looks at a line for long is not stuck
            {
                (Lost, _aborting) = (true, true);      // should it ever come back, it goes no further than its next step
                Fail(new Verdict(Outcome.Stuck, StuckMessage(), null, Running.Id));
                return false;
            }
            seen = now;
        }
        return !Lost;
    }

    private string StuckMessage()
    {
        LogicalThread thread = Running;
        string where = thread.Steps == 0 ? "before its first step" : $"after {Explanation.StepText.Verb(thread.Pending)} at {Hooks.SiteTable.Place(thread.Pending.Site)}";
        string state = thread.Carrier is { } carrier && (carrier.Os.ThreadState & ThreadState.WaitSleepJoin) != 0
            ? "it waits for something that the explorer does not control" : "it computes, or waits for something that the explorer does not control";
        string? stack = thread.Carrier is null ? null : Explanation.StackOfWaiter.Take(thread.Carrier.Os);
        return $"Stuck: {thread.Label} took no step for {Patience.TotalSeconds:0.#} s {where}; {state}.{stack}";
    }

    private void HostLoop(Carrier self)
    {
        for (; ; )
        {
            self.Gate.Pass();
            if (_closing) return;
            try
            {
                _job!();
            }
            catch (Exception failure)
            {
                _jobFailure = failure;
            }
            _done.Set();
        }
    }

    /// <summary>Lets the carriers end, and gives the core back. After a loss the threads stay behind, asleep or not.</summary>
    public void Dispose()
    {
        if (_closing) return;
        _closing = true;
        if (!Lost)
        {
            _host.Gate.Open();
            foreach (Carrier worker in _workers) worker.Gate.Open();
            _host.Os.Join();
            foreach (Carrier worker in _workers) worker.Os.Join();
            _host.Gate.Dispose();
            foreach (Carrier worker in _workers) worker.Gate.Dispose();
            _done.Dispose();
        }
        Backend.Close();
    }
}
