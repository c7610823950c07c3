public sealed class Lesson_07_While_the_queue_is_not_empty : Lesson
{
    [Fact]
    public void every_letter_is_delivered() => Every(() =>
    {
        var box = new Postbox();
        int[] delivered = Results(
            () =>
            {
                box.Post("a");
                box.Post("b");
                box.Close();
                return 0;
            },
            box.Deliver);
        Expect(delivered[1] == 2, "lost", delivered[1]);
    });

    protected override string Explain(Evidence seen) =>
        seen.Key != "lost" ? seen.Key
        : !seen.Acts('B') ? "nothing"
        : seen.Count('B', "Postbox._closed") == 0 ? "lost"
        : seen.Count('B', "ConcurrentQueue.IsEmpty") > 0 ? "lost.order" : "lost.closed";
}
