using ConcurrencySpecs.Exploration;

/// <summary>Streams, readers and writers in memory: their asynchronous methods have completed when they return, so nothing of theirs is out of control.</summary>
public sealed class A_stream_in_memory
{
    private static readonly byte[] _two = [1, 2];

    [Fact]
    public void is_written_and_read_by_awaiting() => Exhausts(async () =>
    {
        await using Stream stream = new MemoryStream(), copy = new MemoryStream();
        Task other = Task.Run(Thread.Yield);
        await stream.WriteAsync(_two);
        await stream.WriteAsync(_two.AsMemory(1));
        await stream.FlushAsync();
        stream.Position = 1;
        byte[] read = new byte[2];
        Assert.Equal(2, await stream.ReadAsync(read));
        Assert.Equal([2, 2], read);
        stream.Position = 2;
        await stream.CopyToAsync(copy);
        Assert.Equal(1, copy.Length);
        await other;
    });

    [Fact]
    public void is_under_a_reader_or_a_writer() => Exhausts(async () =>
    {
        var stream = new MemoryStream();
        await using var writer = new StreamWriter(stream, leaveOpen: true);
        await writer.WriteLineAsync("a");
        await writer.FlushAsync();
        stream.Position = 0;
        using var reader = new StreamReader(stream);
        Task other = Task.Run(Thread.Yield);
        Assert.Equal("a", await reader.ReadLineAsync());
        TextReader text = new StringReader("b\nc");
        Assert.Equal("b", await text.ReadLineAsync(CancellationToken.None));
        Assert.Equal("c", await text.ReadToEndAsync());
        TextWriter told = new StringWriter();
        await told.WriteAsync("d");
        Assert.Equal("d", told.ToString());
        await other;
    });

    [Fact]
    public void is_shared_by_those_who_await() => Finds("Assert.Equal", async () =>
    {
        var stream = new MemoryStream();
        await Task.WhenAll(Task.Run(AddAsync), Task.Run(AddAsync));
        Assert.Equal([0, 1], stream.ToArray());

        async Task AddAsync()
        {
            byte next = (byte)stream.Length;
            await stream.WriteAsync(new[] { next });
        }
    });

    [Fact]
    public void heeds_a_token_or_is_too_late()
    {
        var seen = new Tally<long>();
        Exhausts(async () =>
        {
            using var cancel = new CancellationTokenSource();
            using var stream = new MemoryStream();
            CancellationToken token = cancel.Token;
            Task cancelling = Task.Run(cancel.Cancel);
            try
            {
                await stream.WriteAsync(_two, token);
            }
            catch (OperationCanceledException)
            {
                // in time
            }

            await cancelling;
            seen.Add(stream.Length);
        });
        Assert.Equal([0, 2], seen.Values.Order());
    }

    [Fact]
    public void of_the_program_s_own_is_explored_where_it_overrides() => Exhausts(async () =>
    {
        using Stream stream = new Slow();
        Assert.Equal(0, await Task.Run(async () => await stream.ReadAsync(new byte[1])));
    });

    [Theory, InlineData("own"), InlineData("file"), InlineData("reader"), InlineData("copy")]
    public void is_the_only_one_that_is_not_refused_by_name(string what) => Finds("some other thread completes", async () =>
    {
        using Stream stream = what == "own" ? new Slow() : File.OpenRead("/proc/version");
        if (what == "reader") await new StreamReader(stream).ReadLineAsync();
        else if (what == "copy") await new MemoryStream().CopyToAsync(stream);
        else if (what == "own") await stream.WriteAsync(_two);
        else Assert.Equal(2, await stream.ReadAsync(new byte[2]));
    });

    private static void Exhausts(Func<Task> body)
    {
        ExplorationResult result = Explore.Every(body);
        Assert.True(result.Exhausted && result.Schedules > 1, result.ToString());
    }

    private static void Finds(string what, Func<Task> body) =>
        Assert.Contains(what, Assert.Throws<ExplorationFailedException>(() => { Explore.Every(body); }).ToString(), StringComparison.Ordinal);

    private sealed class Slow : Stream
    {
        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => true;
        public override long Length => 0;
        public override long Position { get; set; }

        public override async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        {
            await Task.Yield();
            return 0;
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await Task.Yield();
            return 0;
        }

        public override void Flush() { }
        public override int Read(byte[] buffer, int offset, int count) => 0;
        public override long Seek(long offset, SeekOrigin origin) => 0;
        public override void SetLength(long value) { }
        public override void Write(byte[] buffer, int offset, int count) { }
    }
}
