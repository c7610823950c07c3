using System.Diagnostics;
using ConcurrencySpecs.Native;
using ConcurrencySpecs.Processes;
using ConcurrencySpecs.SharedMemory;
using Microsoft.Win32.SafeHandles;

public sealed class A_segment_of_the_dead
{
    [Fact]
    public void is_reclaimed_when_nobody_uses_it_and_by_nobody_else_before()
    {
        using var named = new Named();
        using var folder = new Folder();
        using ChildProcess owner = ChildProcess.Create(CreateAndWait, new Place(named.Name, folder.File("owner"))).Start();
        int first = Children.Hear(folder.File("owner"));
        using ChildProcess attacher = ChildProcess.Create(OpenAndWait, new Place(named.Name, folder.File("attacher"))).Start();
        int second = Children.Hear(folder.File("attacher"));
        Assert.Equal(new[] { first, second }.Order(), SharedMemorySegment.Reclaim().InUse[named.Name]);

        owner.KillAndJoin();
        ReclaimedSegments kept = SharedMemorySegment.Reclaim();
        Assert.Equal([second], kept.InUse[named.Name]);
        Assert.True(File.Exists(named.Path));

        attacher.KillAndJoin();
        Assert.Contains(named.Name, SharedMemorySegment.Reclaim().Removed);
        Assert.False(File.Exists(named.Path));
    }

    [Fact]
    public void is_reclaimed_by_the_next_process_that_creates_one()
    {
        using var dead = new Named();
        using var folder = new Folder();
        using ChildProcess owner = ChildProcess.Create(CreateAndWait, new Place(dead.Name, folder.File("owner"))).Start();
        Children.Hear(folder.File("owner"));
        owner.KillAndJoin();
        Assert.True(File.Exists(dead.Path));
        using var other = new Named();
        using ChildProcess next = ChildProcess.Create(name => SharedMemorySegment.Create(name, 1).Dispose(), other.Name).Start();
        next.JoinSoon();
        Assert.False(File.Exists(dead.Path));
    }

    [Fact]
    public void is_not_taken_for_one_in_use_because_its_process_id_lives_again()
    {
        using var named = new Named();
        using var segment = SharedMemorySegment.Create(named.Name, 1);
        using var folder = new Folder();
        using ChildProcess user = ChildProcess.Create(OpenAndWait, new Place(named.Name, folder.File("user"))).Start();
        int pid = Children.Hear(folder.File("user"));
        Assert.Contains(pid, segment.Users);
        user.KillAndJoin();
        using SafeProcess? stranger = SafeProcess.WithId(pid);
        Assert.SkipWhen(stranger is null, "choosing a process id needs root and ns_last_pid");
        Assert.True(stranger.IsAlive);
        Assert.Equal([Environment.ProcessId], segment.Users);
    }

    [Fact]
    public void is_left_alone_when_it_is_no_segment_of_ours()
    {
        using var named = new Named();
        File.WriteAllText(named.Path, "somebody's notes");
        Assert.Contains("not made by this library", SharedMemorySegment.Reclaim().Refused[named.Name], StringComparison.Ordinal);
        Assert.True(File.Exists(named.Path));
    }

    [Fact]
    public void is_left_alone_when_its_name_is_no_files_at_all()
    {
        using var named = new Named();
        using (Process made = Process.Start("mkfifo", named.Path)) made.WaitForExit();
        Assert.Contains("no regular file", SharedMemorySegment.Reclaim().Refused[named.Name], StringComparison.Ordinal);
        Assert.Contains("no regular file", Assert.Throws<InvalidDataException>(() => SharedMemorySegment.Open(named.Name)).Message, StringComparison.Ordinal);
        Assert.Contains("taken", Assert.Throws<IOException>(() => SharedMemorySegment.Create(named.Name, 1)).Message, StringComparison.Ordinal);
        using var free = new Named();
        using (SharedMemorySegment another = SharedMemorySegment.Create(free.Name, 1)) another.Unlink();
        Assert.True(File.Exists(named.Path));
    }

    /// <summary>A name is taken away by path: between the look at the file and that step another process may put a new segment there.</summary>
    [Fact]
    public void is_never_mistaken_for_a_new_one_of_the_same_name_by_who_was_about_to_remove_it()
    {
        using var named = new Named();
        SharedMemorySegment.Create(named.Name, 1).Dispose();
        using SafeFileHandle seen = SharedFiles.TryOpen(named.Path)!;
        Assert.True(Descriptors.TryHoldAlone(seen));
        Running? other = null;
        SharedMemorySegment? current = null;
        bool isRemoved = SegmentReclaimer.TryUnlink(seen, named.Path, meanwhile: () =>
        {
            other = Threads.Start(() =>
            {
                try { SharedMemorySegment.Unlink(named.Name); }
                catch (FileNotFoundException) { }       // the first one was quicker
                Volatile.Write(ref current, SharedMemorySegment.Create(named.Name, 1));
            });
            Threads.WaitUntil(() => Volatile.Read(ref current) is not null || named.IsWaitedFor);
        });
        seen.Dispose();         // who has unlinked goes on, and lets the other one look
        other!.Join();
        using (current)
        {
            Assert.True(isRemoved);
            SharedMemorySegment.Open(named.Name).Dispose();
        }
    }

    [Fact]
    public void gives_its_place_in_the_table_to_the_next_user()
    {
        using var segment = SharedMemorySegment.CreateAnonymous(1);
        for (int i = 0; i < 3; i++)
        {
            using var folder = new Folder();
            using ChildProcess child = ChildProcess.Create(it => { Children.Say(it.Said, it.Memory.Users.Count); Children.WaitForEver(); },
                new Visit(segment, folder.File("users"))).Start();
            Assert.Equal(2, Children.Hear(folder.File("users")));
            child.KillAndJoin();
            Assert.Equal([Environment.ProcessId], segment.Users);
        }
    }

    [Fact]
    public void frees_its_place_for_one_only_even_when_two_see_it_free()
    {
        using var segment = SharedMemorySegment.CreateAnonymous(1);
        SegmentUsers table = SegmentFormat.UsersOf(new Mapping(segment.File, SegmentFormat.HeaderBytes, "a spec"));
        (int place, long word) = table.SignIn("a spec");
        table.SignOut(place, word);
        (int again, long newer) = table.SignIn("a spec");
        Assert.Equal(place, again);
        Assert.NotEqual(word, newer);           // another generation
        table.SignOut(place, word);             // one who is late with the old word
        Assert.Contains(Environment.ProcessId, table.Living());
        table.SignOut(again, newer);
    }

    private static void CreateAndWait(Place place)
    {
        SharedMemorySegment.Create(place.Name, 100);
        Children.SayAndWait(place.Said);
    }

    private static void OpenAndWait(Place place)
    {
        SharedMemorySegment.Open(place.Name);
        Children.SayAndWait(place.Said);
    }

    private sealed record Place(string Name, string Said);

    private sealed record Visit(SharedMemorySegment Memory, string Said);
}
