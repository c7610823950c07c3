public sealed class Lesson_10_Mutation_after_Put : Lesson
{
    [Fact]
    public void your_schedule_shows_the_second_value_first() => Breaks(OneReading.Schedule, () =>
    {
        var belt = new Belt<Reading>();
        int[] shown = Results(() => Measure(belt), () => belt.Take().Value);
        Expect(shown[1] == 1, "changed", shown[1]);
    });

    private static int Measure(Belt<Reading> belt)
    {
        var reading = new Reading();
        reading.Value = 1;
        belt.Put(reading);
        reading.Value = 2;
        belt.Put(reading);
        return 0;
    }
}

public sealed class Reading
{
    public int Value;
}
