public sealed class Lesson_06_If_for_while_around_a_wait : Lesson
{
    [Fact]
    public void two_readers_get_a_letter_each() => Every(() =>
    {
        var box = new Mailbox();
        string[] got = Results(box.Take, box.Take, () =>
        {
            box.Put("x");
            box.Put("yz");
            return "";
        });
        Expect(got[0].Length + got[1].Length == 3, "nothing");
    });

    protected override string Explain(Evidence seen) => seen.Key == "threw" && seen.Count("Monitor.PulseAll") > 0 ? "threw.all" : seen.Key;
}
