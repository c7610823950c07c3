public sealed class Worker(Jobs jobs)
{
    public void Run() => _ = jobs;
}
