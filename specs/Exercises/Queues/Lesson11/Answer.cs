/// <summary>Does one job after the other. A job may fail; the next one is done all the same.</summary>
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
