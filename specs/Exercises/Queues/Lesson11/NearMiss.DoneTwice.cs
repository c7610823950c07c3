/// <summary>The finally was added, and the old TaskDone forgotten.</summary>
public sealed class Worker(Jobs jobs)
{
    public int Failed { get; private set; }

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
            finally
            {
                jobs.TaskDone();
            }
        }
    }
}
