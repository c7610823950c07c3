/// <summary>Never forgotten, because it is said before there is anything to say.</summary>
public sealed class Worker(Jobs jobs)
{
    public int Failed { get; private set; }

    public void Run()
    {
        while (jobs.TryTake(out Action? job))
        {
            jobs.TaskDone();
            try
            {
                job();
            }
            catch (InvalidOperationException)
            {
                Failed++;
            }
        }
    }
}
