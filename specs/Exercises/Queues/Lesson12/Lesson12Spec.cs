public sealed class Lesson_12_Pulse_for_PulseAll : Lesson
{
    [Fact]
    public void two_items_reach_two_takers() => Every(() =>
    {
        var slot = new Slot();
        int[] taken = Results(
            () =>
            {
                slot.Put(1);
                slot.Put(2);
                return 0;
            },
            slot.Take,
            slot.Take);
        Expect(taken[1] + taken[2] > 0, "nothing");
        Expect(taken[1] + taken[2] == 3, "twice", taken[1], taken[2]);
    });

    protected override string Explain(Evidence seen) => seen.Key == "deadlock" && seen.Count("Monitor.Pulse") == 0 ? "deadlock.silent" : seen.Key;
}
