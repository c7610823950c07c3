using ConcurrencySpecs.Native;
using ConcurrencySpecs.Processes;

public sealed class A_child_process
{
    private static int _counter = 5;

    [Fact]
    public void runs_in_a_process_of_its_own_and_returns_its_result()
    {
        using ChildProcess<int> child = ChildProcess.Create(() => Environment.ProcessId).Start();
        Assert.NotEqual(Environment.ProcessId, child.Result);
        Assert.Equal(child.Id, child.Result);
        Assert.Equal(new ProcessExitStatus(0, null), child.ExitStatus);
    }

    [Fact]
    public void takes_a_snapshot_of_its_argument_and_gives_one_of_its_result()
    {
        var order = new List<string> { "a", "b" };
        using ChildProcess<Pair> child = ChildProcess.Create(Reverse, order).Start();
        order.Clear();
        Assert.Equal(new Pair(2, "b,a"), child.Result);
    }

    [Fact]
    public void moves_structs_without_references_as_their_bytes()
    {
        using ChildProcess<(double, byte)> child = ChildProcess.Create(((long Whole, byte Part) it) => (it.Whole / 2.0, it.Part), (7L, (byte)9)).Start();
        Assert.Equal((3.5, 9), child.Result);
    }

    [Fact]
    public void gives_a_result_of_megabytes_without_anybody_reading_meanwhile()
    {
        using ChildProcess<string> child = ChildProcess.Create((int length) => new string('x', length), 4 << 20).Start();
        child.JoinSoon();
        Assert.Equal(4 << 20, child.Result.Length);
    }

    [Fact]
    public void changes_nothing_in_its_parent()
    {
        using ChildProcess<int> child = ChildProcess.Create(() => ++_counter).Start();
        Assert.Equal(6, child.Result);
        Assert.Equal(5, _counter);
    }

    [Fact]
    public void runs_generic_methods_and_lambdas_that_capture_nothing()
    {
        using ChildProcess<string> generic = ChildProcess.Create(NameOf<Pair>).Start();
        using ChildProcess<string> inGenericType = ChildProcess.Create(Box<List<int>>.Describe).Start();
        Assert.Equal(nameof(Pair), generic.Result);
        Assert.Equal(typeof(List<int>).ToString(), inGenericType.Result);
    }

    [Fact]
    public void finds_types_of_every_shape_again()
    {
        using ChildProcess<Dictionary<string, int[][]>> child = ChildProcess.Create(
            (Box<List<int>>.Inner<Pair[]>? it) => new Dictionary<string, int[][]> { [it!.Value[0].Text] = [[it.Value[0].Count]] },
            new Box<List<int>>.Inner<Pair[]>([new(3, "three")])).Start();
        Assert.Equal([3], child.Result["three"][0]);
        Type[] shapes = [typeof(int[,]), typeof(int[]), typeof(Box<>.Inner<>), typeof((int, string)?[]), typeof(Box<int[,]>.Inner<string>)];
        Assert.Equal(shapes, TypePlace.FindAll(TypePlace.All(shapes)));
    }

    [Fact]
    public void ends_with_its_entry_whatever_other_threads_it_has()
    {
        using ChildProcess<int> child = ChildProcess.Create(() =>
        {
            new Thread(Children.WaitForEver) { IsBackground = false }.Start();
            return 6;
        }).Start();
        child.JoinSoon();
        Assert.Equal((6, 0), (child.Result, child.ExitStatus!.Value.ExitCode));
    }

    [Fact]
    public async Task is_awaited_without_a_thread()
    {
        using ChildProcess<int> child = ChildProcess.Create(() => 3).Start();
        Assert.Equal(3, await child.ResultAsync());
        await child.JoinAsync();
    }

    [Fact]
    public void has_a_name_a_parent_and_a_place_among_the_active_ones()
    {
        using ChildProcess<string> named = ChildProcess.Create(() => ChildProcess.CurrentName, new ChildProcessOptions { Name = "weigher" }).Start();
        using ChildProcess waiting = ChildProcess.Create(Children.WaitForEver).Start();
        using ChildProcess<(int, bool, bool)> related = ChildProcess.Create(() =>
        {
            ParentProcess parent = ChildProcess.Parent!;
            return (parent.Id, parent.IsAlive, parent.Join(TimeSpan.FromMilliseconds(2)));
        }).Start();

        Assert.Equal("weigher", named.Result);
        Assert.Equal((Environment.ProcessId, true, false), related.Result);
        Assert.Contains(waiting, ChildProcess.Active);
        Assert.DoesNotContain(named, ChildProcess.Active);
        Assert.Null(ChildProcess.Parent);
        Assert.Equal("Main", ChildProcess.CurrentName);
        waiting.Kill();
        waiting.JoinSoon();
        Assert.DoesNotContain(waiting, ChildProcess.Active);
    }

    [Fact]
    public void numbers_its_own_children_after_itself()
    {
        using ChildProcess<string> child = ChildProcess.Create(() =>
        {
            using ChildProcess<string> inner = ChildProcess.Create(() => ChildProcess.CurrentName).Start();
            return inner.Result;
        }, new ChildProcessOptions { Name = "outer" }).Start();
        Assert.Equal("outer:1", child.Result);
    }

    [Fact]
    public void sees_none_of_the_variables_that_made_it_a_child()
    {
        using ChildProcess<string> child = ChildProcess.Create(() =>
            Environment.GetEnvironmentVariable(ChildProgram.LetterVariable) + Environment.GetEnvironmentVariable(ChildProgram.HooksVariable)).Start();
        Assert.Equal(Environment.GetEnvironmentVariable(ChildProgram.HooksVariable) ?? "", child.Result);
    }

    [Fact]
    public void holds_its_letter_and_no_descriptor_of_its_siblings()
    {
        static int Open() => Directory.GetFileSystemEntries("/proc/self/fd").Length;
        using ChildProcess<int> alone = ChildProcess.Create(Open).Start();
        int few = alone.Result;
        ChildProcess[] siblings = [.. Enumerable.Range(0, 4).Select(_ => ChildProcess.Create(Children.WaitForEver).Start())];
        using ChildProcess<int> amongOthers = ChildProcess.Create(Open).Start();
        Assert.Equal(few, amongOthers.Result);
        foreach (ChildProcess one in siblings) one.Dispose();
    }

    [Fact]
    public void runs_with_closed_standard_streams_as_well()
    {
        using ChildProcess<int> child = ChildProcess.Create(() =>
        {
            for (int stream = 0; stream <= 2; stream++) new Microsoft.Win32.SafeHandles.SafeFileHandle(stream, ownsHandle: true).Dispose();
            using ChildProcess<int> inner = ChildProcess.Create(() => { Console.WriteLine("to nobody"); return 8; }).Start();
            return inner.Result;
        }).Start();
        Assert.Equal(8, child.Result);
    }

    private static string NameOf<T>() => typeof(T).Name;

    private static Pair Reverse(List<string> items) => new(items.Count, string.Join(',', Enumerable.Reverse(items)));

    private sealed record Pair(int Count, string Text);

    private static class Box<T>
    {
        public static string Describe() => typeof(T).ToString();

        internal sealed record Inner<TValue>(TValue Value);
    }
}
