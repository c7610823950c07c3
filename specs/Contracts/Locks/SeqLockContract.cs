using ConcurrencySpecs.Locks;
using ConcurrencySpecs.Testing;
using FsCheck.Fluent;

namespace ConcurrencySpecs.Contracts.Locks;

/// <summary>A value of several words, all equal in every value that is written.</summary>
public readonly record struct Words(long First, long Second)
{
    public static Words Of(long number) => new(number, number);

    /// <summary>The number, or −1 for a value that was never written as a whole.</summary>
    public long Number => First == Second ? First : -1;
}

/// <summary>What a sequence lock owes: every read gives a value that was written as a whole, the newest one.</summary>
public sealed class SeqLockContract : ConcurrentSpec<SeqLock<Words>, long>
{
    private static readonly TimeSpan _soon = TimeSpan.FromTicks(1);

    protected override SeqLock<Words> NewSubject() => new();

    protected override long InitialState => 0;

    protected override IEnumerable<Operation<SeqLock<Words>, long>> Operations =>
    [
        Operation("Read", value => value.Read().Number, number => (number, number)),
        Operation("TryRead", value => value.TryRead(out Words words) ? words.Number : (long?)null,
            number => Step.OneOf<long, long?>((number, number), (number, null))),
        Operation("Write", Gen.Choose(1, 99), (value, number) => Write(value, number), (_, number) => (number, true)),
        Operation("Write within a tick", Gen.Choose(1, 99), (value, number) => value.TryWrite(Words.Of(number), _soon),
            (old, number) => Step.OneOf((number, true), (old, false))),
        Operation("Add one", value => value.Update(words => Words.Of(words.Number + 1)).Number, number => (number + 1, number + 1)),
    ];

    private static bool Write(SeqLock<Words> value, int number)
    {
        value.Write(Words.Of(number));
        return true;
    }
}
