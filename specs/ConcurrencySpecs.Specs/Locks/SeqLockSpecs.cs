using ConcurrencySpecs.Contracts.Locks;
using ConcurrencySpecs.Locks;

public sealed class A_seq_lock
{
    [Fact]
    public void gives_what_was_written_last()
    {
        var value = new SeqLock<Words>(Words.Of(7));
        Assert.Equal(7, value.Read().Number);
        value.Write(Words.Of(8));
        Assert.True(value.TryRead(out Words read));
        Assert.Equal(8, read.Number);
        Assert.Equal(9, value.Update(words => Words.Of(words.Number + 1)).Number);
        Assert.Equal(9, value.Read().Number);
    }

    [Fact]
    public void gives_no_mixture_while_another_thread_writes()
    {
        const int Writes = 100_000;
        var value = new SeqLock<Words>();
        bool over = false;
        Threads.Run(
            () =>
            {
                for (int i = 1; i <= Writes; i++) value.Write(Words.Of(i));
                Volatile.Write(ref over, true);
            },
            () =>
            {
                for (long last = 0; !Volatile.Read(ref over);)
                {
                    long read = value.Read().Number;
                    Assert.True(read >= last, $"read {read} after {last}");
                    last = read;
                }
            });
        Assert.Equal(Writes, value.Read().Number);
    }

    [Fact]
    public void keeps_the_old_value_when_a_change_throws_and_can_be_written_again()
    {
        var value = new SeqLock<Words>(Words.Of(1));
        Assert.Throws<InvalidTimeZoneException>(() => value.Update(_ => throw new InvalidTimeZoneException()));
        Assert.Equal(1, value.Read().Number);
        value.Write(Words.Of(2));
        Assert.Equal(2, value.Read().Number);
    }

    [Fact]
    public void is_read_but_not_written_by_a_change_of_it()
    {
        var value = new SeqLock<Words>(Words.Of(1));
        Assert.Equal(2, value.Update(_ => Words.Of(value.Read().Number + 1)).Number);
        Assert.Throws<LockRecursionException>(() => value.Update(words =>
        {
            value.Write(words);
            return words;
        }));
        Assert.Equal(2, value.Read().Number);
    }

    [Fact]
    public void gives_up_a_write_that_would_wait_too_long_or_is_cancelled()
    {
        var value = new SeqLock<Words>(Words.Of(1));
        using var cancel = new CancellationTokenSource();
        value.Update(words =>
        {
            Threads.Start(() => Assert.False(value.TryWrite(Words.Of(5), TimeSpan.FromMilliseconds(5)))).Join();
            Running writer = Threads.Start(() => Assert.Throws<OperationCanceledException>(() => value.Write(Words.Of(6), cancel.Token)));
            cancel.Cancel();
            writer.Join();
            return Words.Of(2);
        });
        Assert.Equal(2, value.Read().Number);
    }
}
