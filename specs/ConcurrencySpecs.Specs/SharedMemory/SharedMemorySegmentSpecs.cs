using System.Text.Json;
using ConcurrencySpecs.Locks;
using ConcurrencySpecs.Native;
using ConcurrencySpecs.Processes;
using ConcurrencySpecs.SharedMemory;

public sealed class A_shared_memory_segment
{
    [Fact]
    public void is_all_zeros_and_as_large_as_asked_for()
    {
        for (int round = 0; round < 2; round++)
        {
            using var segment = SharedMemorySegment.CreateAnonymous(5000);
            Assert.Equal((5000L, 5000), (segment.Size, segment.AsSpan().Length));
            Assert.False(segment.AsSpan().ContainsAnyExcept((byte)0));
            segment.AsSpan().Fill(7);
        }
    }

    [Fact]
    public void handed_to_a_child_is_the_same_memory_in_both()
    {
        using var segment = SharedMemorySegment.CreateAnonymous(100);
        segment.AsSpan()[3] = 9;
        using ChildProcess<int> child = ChildProcess.Create(it =>
        {
            using SharedMemorySegment mine = it.Memory;
            mine.AsSpan()[it.At] *= 2;
            return mine.Users.Count;
        }, new Part(segment, 3)).Start();
        Assert.Equal(2, child.Result);
        Assert.Equal(18, segment.AsSpan()[3]);
        Assert.Equal([Environment.ProcessId], segment.Users);
    }

    [Fact]
    public void is_opened_by_name_from_any_process_of_its_user()
    {
        using var named = new Named();
        using var segment = SharedMemorySegment.Create(named.Name, 10);
        using ChildProcess<byte> child = ChildProcess.Create(name =>
        {
            using var opened = SharedMemorySegment.Open(name);
            opened.AsSpan()[0] = 1;
            return opened.AsSpan()[1] = 2;
        }, named.Name).Start();
        Assert.Equal(2, child.Result);
        Assert.Equal([1, 2], segment.AsSpan()[..2].ToArray());
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(named.Path));
    }

    [Fact]
    public void lives_on_for_its_users_once_unlinked()
    {
        using var named = new Named();
        using var segment = SharedMemorySegment.Create(named.Name, 10);
        using var second = SharedMemorySegment.Open(named.Name);
        segment.Unlink();
        segment.AsSpan()[0] = 4;
        Assert.Equal(4, second.AsSpan()[0]);
        Assert.Throws<FileNotFoundException>(segment.Unlink);
        Assert.Throws<FileNotFoundException>(() => SharedMemorySegment.Unlink(named.Name));
        Assert.Throws<FileNotFoundException>(() => SharedMemorySegment.Open(named.Name));
        using var another = SharedMemorySegment.Create(named.Name, 10);
        Assert.Throws<FileNotFoundException>(second.Unlink);        // the name means another one now
        Assert.Equal(0, another.AsSpan()[0]);
    }

    [Fact]
    public void disposed_answers_nothing_and_leaves_zeros_to_late_spans()
    {
        var segment = SharedMemorySegment.CreateAnonymous(8);
        Span<byte> late = segment.AsSpan();
        late[0] = 1;
        segment.Dispose();
        segment.Dispose();
        Assert.Equal(0, late[0]);
        late[0] = 5;
        Assert.Throws<ObjectDisposedException>(() => segment.AsSpan());
        Assert.Throws<ObjectDisposedException>(() => segment.Users);
    }

    [Fact]
    public void leaves_no_descriptor_behind()
    {
        SharedMemorySegment.CreateAnonymous(1).Dispose();
        int before = OpenDescriptors.CountInUse();
        for (int i = 0; i < 20; i++) SharedMemorySegment.CreateAnonymous(1).Dispose();
        Assert.InRange(OpenDescriptors.Count, 0, before);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a/b")]
    [InlineData("../x")]
    [InlineData(".hidden")]
    [InlineData("a\0b")]
    [InlineData("new\nline")]
    [InlineData("ñ")]
    public void refuses_a_name_that_could_leave_its_folder(string name)
    {
        Assert.Throws<ArgumentException>(() => SharedMemorySegment.Create(name, 1));
        Assert.Throws<ArgumentException>(() => SharedMemorySegment.Open(name));
        Assert.Throws<ArgumentException>(() => SharedMemorySegment.Unlink(name));
    }

    [Fact]
    public void refuses_a_name_of_300_characters_and_takes_one_of_200()
    {
        Assert.Throws<ArgumentException>(() => SharedMemorySegment.Create(new string('x', 300), 1));
        string longest = new('x', 200);
        using var segment = SharedMemorySegment.Create(longest, 1);
        segment.Unlink();
    }

    [Fact]
    public void refuses_sizes_below_one_and_beyond_the_machine()
    {
        using var named = new Named();
        Assert.Throws<ArgumentOutOfRangeException>(() => SharedMemorySegment.Create(named.Name, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => SharedMemorySegment.CreateAnonymous(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => SharedMemorySegment.CreateAnonymous(long.MaxValue));
        SystemCallException full = Assert.Throws<SystemCallException>(() => SharedMemorySegment.Create(named.Name, 1L << 50));
        Assert.True(full.ErrorName is "ENOSPC" or "EFBIG" or "ENOMEM", full.Message);
        full = Assert.Throws<SystemCallException>(() => SharedMemorySegment.CreateAnonymous(long.MaxValue / 2));        // refused before a page is reserved
        Assert.Equal(("ENOSPC", true), (full.ErrorName, full.Message.Contains("ask for less", StringComparison.Ordinal)));
        Assert.False(File.Exists(named.Path));
    }

    [Fact]
    public void refuses_a_name_that_is_taken_and_one_that_is_not()
    {
        using var named = new Named();
        Assert.Contains(named.Name, Assert.Throws<FileNotFoundException>(() => SharedMemorySegment.Open(named.Name)).Message, StringComparison.Ordinal);
        using var first = SharedMemorySegment.Create(named.Name, 1);
        Assert.Contains("taken", Assert.Throws<IOException>(() => SharedMemorySegment.Create(named.Name, 1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void refuses_what_is_not_a_segment_or_not_this_one()
    {
        using var named = new Named();
        File.WriteAllText(named.Path, new string('x', 9000));
        Assert.Contains("not made by this library", Refused(), StringComparison.Ordinal);
        File.Delete(named.Path);

        using var segment = SharedMemorySegment.Create(named.Name, 9000);
        Assert.Contains("plain bytes", Assert.Throws<InvalidDataException>(() => SharedValue.Open<int>(named.Name)).Message, StringComparison.Ordinal);
        Overwrite(8, 7);
        Assert.Contains("version 7; this build reads version 1", Refused(), StringComparison.Ordinal);
        Overwrite(8, 1);
        Overwrite(24, 7);
        Assert.Contains("namespace", Refused(), StringComparison.Ordinal);

        string Refused() => Assert.Throws<InvalidDataException>(() => SharedMemorySegment.Open(named.Name)).Message;

        void Overwrite(long at, byte value)
        {
            using FileStream file = named.OpenFile();
            file.Position = at;
            file.WriteByte(value);
        }
    }

    [Fact]
    public void of_another_user_is_refused_and_left_alone_whatever_its_rights_allow()
    {
        uint me = Mono.Unix.Native.Syscall.geteuid(), another = 54_321;
        Assert.SkipWhen(me != 0, "only root gives a file to another user");
        using var named = new Named();
        SharedMemorySegment.Create(named.Name, 1).Dispose();
        Assert.Equal(0, Mono.Unix.Native.Syscall.chmod(named.Path, Mono.Unix.Native.NativeConvert.FromOctalPermissionString("0666")));
        Assert.Equal(0, Mono.Unix.Native.Syscall.chown(named.Path, another, another));
        foreach (Action use in (Action[])[() => SharedMemorySegment.Open(named.Name), () => SharedMemorySegment.Unlink(named.Name)])
        {
            SystemCallException refused = Assert.Throws<SystemCallException>(use);
            Assert.Equal("EACCES", refused.ErrorName);
            Assert.Contains("belongs to user 54321, and this process runs as user 0", refused.Message, StringComparison.Ordinal);
        }

        Assert.Contains("user 54321", SharedMemorySegment.Reclaim().Refused[named.Name], StringComparison.Ordinal);
        Assert.Equal(0, Mono.Unix.Native.Syscall.chown(named.Path, me, me));
        SharedMemorySegment.Open(named.Name).Dispose();
    }

    [Fact]
    public void made_by_a_build_with_another_layout_is_refused_and_reclaimed_once_nobody_uses_it()
    {
        using var named = new Named();
        using (var gate = ProcessEvent.Create(named.Name))
        {
            const int layoutAt = 36;
            using FileStream file = named.OpenFile();
            file.Position = layoutAt;
            file.Write([0x78, 0x56, 0x34, 0x12]);
            file.Flush();
            string refused = Assert.Throws<InvalidDataException>(() => ProcessEvent.Open(named.Name)).Message;
            Assert.Contains("version 1 with layout 12345678; this build reads layout", refused, StringComparison.Ordinal);
            Assert.Contains("delete it", refused, StringComparison.Ordinal);
            SharedMemorySegment.Reclaim();
            Assert.True(File.Exists(named.Path));
        }

        SharedMemorySegment.Reclaim();
        Assert.False(File.Exists(named.Path));
    }

    [Fact]
    public void notices_that_somebody_truncated_it()
    {
        using var named = new Named();
        using var segment = SharedMemorySegment.Create(named.Name, 9000);
        using (FileStream file = named.OpenFile()) file.SetLength(5000);
        Assert.Contains("truncated", Assert.Throws<InvalidDataException>(() => SharedMemorySegment.Open(named.Name)).Message, StringComparison.Ordinal);
        Assert.Contains("truncated", Assert.Throws<InvalidDataException>(() => segment.AsSpan()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void outlives_an_access_to_what_was_cut_off_and_tells()
    {
        using var named = new Named();
        using ChildProcess<string> child = ChildProcess.Create(name =>
        {
            if (!TruncationGuard.IsInstalled) return "no guard";
            using SharedValue<long> value = SharedValue.Create(name, 5L);
            using (FileStream file = File.Open(SegmentNames.PathOf(name), FileMode.Open, FileAccess.Write, FileShare.ReadWrite)) file.SetLength(0);
            long cut = value.Value;                     // without the guard the process ends here
            Assert.Contains("truncated", Assert.Throws<InvalidDataException>(() => value.Add(1)).Message, StringComparison.Ordinal);
            return $"went on with {cut}";
        }, named.Name).Start();
        string told = child.Result;
        Assert.SkipWhen(told == "no guard", "on this processor such an access ends the process");
        Assert.Equal("went on with 0", told);
    }

    [Fact]
    public void without_a_name_cannot_be_truncated_at_all()
    {
        using var segment = SharedMemorySegment.CreateAnonymous(9000);
        Assert.ThrowsAny<Exception>(() => RandomAccess.SetLength(segment.File, 10));
        Assert.ThrowsAny<Exception>(() => RandomAccess.SetLength(segment.File, 100_000));
        Assert.Equal(9000, segment.AsSpan().Length);
    }

    [Fact]
    public void is_written_nowhere_but_to_a_child()
    {
        using var segment = SharedMemorySegment.CreateAnonymous(1);
        Assert.Contains("ChildProcess", Assert.Throws<NotSupportedException>(() => JsonSerializer.Serialize(segment)).Message, StringComparison.Ordinal);
    }

    private sealed record Part(SharedMemorySegment Memory, int At);
}
