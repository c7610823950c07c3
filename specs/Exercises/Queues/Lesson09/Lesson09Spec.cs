public sealed class Lesson_09_Unbounded_growth : Lesson
{
    [Fact]
    public void the_truck_waits_while_the_shelf_is_full() => Every(() =>
    {
        var warehouse = new Warehouse(new Shelf(room: 1));
        int[] seen = Results(
            () =>
            {
                warehouse.Put(1);
                warehouse.Put(2);
                return 0;
            },
            () => warehouse.Take() * 10 + warehouse.Take());
        Expect(seen[1] == 12, "nothing");
    });

    protected override string Explain(Evidence seen) => seen.Key == "deadlock" && !seen.Waits('A') ? "deadlock.dropped" : seen.Key;
}

public sealed class Shelf(int room)
{
    private readonly Queue<int> _boxes = new();

    public bool IsEmpty => _boxes.Count == 0;

    public bool IsFull => _boxes.Count == room;

    public void Add(int box)
    {
        if (IsFull) throw new LessonFindingException("overflow", room);
        _boxes.Enqueue(box);
    }

    public int Remove() => _boxes.Dequeue();
}
