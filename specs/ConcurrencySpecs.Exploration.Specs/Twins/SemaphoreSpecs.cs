using ConcurrencySpecs.Exploration.Twins;
using static Exploring;
using Semaphore = ConcurrencySpecs.Exploration.Twins.Semaphore;

public sealed class A_semaphore_twin
{
    [Fact]
    public void answers_like_the_real_one()
    {
        Agree(
            () => Script(new System.Threading.Semaphore(1, 2), s => s.WaitOne(0), s => s.Release(), (s, n) => s.Release(n)),
            () => Script(new Semaphore(1, 2), s => s.WaitOne(0), s => s.Release(), (s, n) => s.Release(n)));
    }

    [Fact]
    public void waits_with_a_time_out_both_ways() => Ends("False | True", () =>
    {
        var semaphore = new Semaphore(0, 1);
        bool got = false;
        Together(() => got = semaphore.WaitOne(10), () => semaphore.Release());
        return got;
    });

    private static string Script<T>(T s, Func<T, bool> wait, Func<T, int> release, Func<T, int, int> releaseMany) =>
        $"{wait(s)} {wait(s)} {release(s)} {release(s)} {Try(() => release(s))} {Try(() => releaseMany(s, 0))} {wait(s)} {wait(s)} {releaseMany(s, 2)}";
}
