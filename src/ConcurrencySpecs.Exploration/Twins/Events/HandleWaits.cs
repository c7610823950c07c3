using ConcurrencySpecs.Exploration.Scheduling;

namespace ConcurrencySpecs.Exploration.Twins;

/// <summary>Waits for several handles: look at each, ask to be told, wait to be told, look again.</summary>
internal static class HandleWaits
{
    public const int Unready = -1;

    /// <summary>What <paramref name="tryTake"/> gives once it does not say "unready"; WaitTimeout when the time is up first.</summary>
    public static int Wait(HandleState[] handles, int milliseconds, Func<HandleState[], WatchGate, int> tryTake)
    {
        var gate = new WatchGate();
        while (true)
        {
            int taken = tryTake(handles, gate);
            if (taken != Unready || milliseconds == 0)
            {
                gate.Over = true;
                return taken != Unready ? taken : WaitHandle.WaitTimeout;
            }
            if (!Steps.Await(gate, StepKind.Wake, milliseconds))
            {
                gate.Over = true;
                return WaitHandle.WaitTimeout;
            }
            gate.Close();
        }
    }

    /// <summary>The index of the first signalled handle, which is taken.</summary>
    public static int TryTakeFirst(HandleState[] handles, WatchGate gate)
    {
        for (int i = 0; i < handles.Length; i++)
        {
            Steps.Change(handles[i].On, StepKind.TryAcquire);
            if (handles[i].TryTake()) return i;
            handles[i].Watch(gate);
        }
        return Unready;
    }

    /// <summary>0 if all are signalled and taken together: at one moment, which the versions prove.</summary>
    public static int TryTakeAll(HandleState[] handles, WatchGate gate)
    {
        int[] versions = new int[handles.Length];
        do
        {
            for (int i = 0; i < handles.Length; i++)
            {
                Steps.Change(handles[i].On, StepKind.TryAcquire);
                versions[i] = handles[i].Version;
                if (handles[i].Signalled) continue;
                handles[i].Watch(gate);
                return Unready;
            }
        }
        while (handles.Where((handle, i) => handle.Version != versions[i]).Any());
        foreach (HandleState handle in handles) handle.TryTake();
        return 0;
    }
}
