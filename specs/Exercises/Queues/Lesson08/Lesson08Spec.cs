public sealed class Lesson_08_One_sentinel_for_two_consumers : Lesson
{
    [Fact]
    public void both_waiters_go_home_in_the_end() => Every(() =>
    {
        var belt = new Belt<string>();
        int[] served = Results(
            () =>
            {
                Kitchen.Cook(belt, "soup", waiters: 2);
                return 0;
            },
            () => Kitchen.Serve(belt),
            () => Kitchen.Serve(belt));
        Expect(served[1] + served[2] == 1, "unserved", served[1] + served[2]);
    });

    protected override string Explain(Evidence seen) =>
        seen.Key != "unserved" ? seen.Key
        : !seen.Acts('A') ? "nothing"
        : seen.Count("ConcurrentQueue.TryDequeue") < 2 ? "unserved.empty" : "unserved";
}
