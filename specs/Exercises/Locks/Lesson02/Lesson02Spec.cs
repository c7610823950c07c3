public sealed class Lesson_02_A_lock_around_half_of_it : Lesson
{
    [Fact]
    public void two_pumps_fill_what_they_pump() => Every(() =>
    {
        var tank = new Tank();
        Together(() => tank.Fill(3), () => tank.Fill(4));
        Expect(tank.Litres != 0, "nothing");
        Expect(tank.Litres == 7, "lost", tank.Litres);
    });

    protected override string Explain(Evidence seen)
    {
        if (seen.Key != "lost" || seen.Locked("Tank._litres").All(locked => locked)) return seen.Key;
        return seen.Locked("Tank._litres").First() ? "lost.write" : "lost.read";
    }
}
