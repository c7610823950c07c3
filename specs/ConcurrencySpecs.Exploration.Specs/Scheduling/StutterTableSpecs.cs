using ConcurrencySpecs.Exploration.Scheduling;

public sealed class The_table_of_a_thread_s_visits
{
    private const int Resource = 1, Remembered = 16;

    [Fact]
    public void finds_a_visit_again_that_it_made_room_for()
    {
        int[] versions = new int[Resource + 1];
        var table = new StutterTable(0);
        for (int site = 0; site < Remembered; site++) Assert.Equal(0, table.Note(site, Resource, 0, null, versions, 0));
        int stranger = 64;                     // its slot is that of site 0
        Assert.Equal(0, table.Note(stranger, Resource, 0, null, versions, 0));
        Assert.Equal(1, table.Note(stranger, Resource, 0, null, versions, 0));
    }
}
