/// <summary>Does one job after the other. A job may fail; the next one is done all the same.</summary>
public sealed class Worker(Jobs jobs)
{
    public int Failed { get; private set; }

    // TODO: whoever waits in Join has to go on once all jobs are dealt with, the failed ones included.
    public void Run()
    {
        while (jobs.TryTake(out Action? job))
        {
            try
            {
                job();
                jobs.TaskDone();
            }
            catch (InvalidOperationException)
            {
                Failed++;
            }
        }
    }
}
