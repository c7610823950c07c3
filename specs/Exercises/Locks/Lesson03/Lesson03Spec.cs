public sealed class Lesson_03_Check_then_act : Lesson
{
    [Fact]
    public void your_schedule_sells_the_last_seat_twice() => Breaks(TwoClerks.Schedule, () =>
    {
        var desk = new TicketDesk();
        bool[] sold = Results(desk.TrySell, desk.TrySell);
        Expect(!(sold[0] && sold[1]), "sold twice");
    });

    protected override string Explain(Evidence seen) => seen.Key == "harmless" && seen.First == 'B' ? "harmless.b" : seen.Key;
}

public sealed class TicketDesk
{
    private int _seats = 1;

    public bool TrySell()
    {
        if (_seats == 0) return false;
        _seats = _seats - 1;
        return true;
    }
}
