using ConcurrencySpecs.Linearizability;
using ConcurrencySpecs.Testing;
using FsCheck.Fluent;

/// <summary>Room for one item; both ends wait.</summary>
internal class Mailbox
{
    private int? _item;

    public virtual void Put(int item, CancellationToken token)
    {
        using var wake = token.Register(Wake);
        lock (this)
        {
            while (_item is not null) Wait(token);
            _item = item;
            Signal();
        }
    }

    public virtual int Take(CancellationToken token)
    {
        using var wake = token.Register(Wake);
        lock (this)
        {
            while (_item is null) Wait(token);
            int item = _item.Value;
            _item = null;
            Signal();
            return item;
        }
    }

    protected virtual void Signal() => Monitor.PulseAll(this);

    private void Wake()
    {
        lock (this) Monitor.PulseAll(this);
    }

    private void Wait(CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        Monitor.Wait(this);
    }
}

/// <summary>Nobody is woken when the item comes or goes.</summary>
internal sealed class SilentMailbox : Mailbox
{
    protected override void Signal() { }
}

/// <summary>Takes for ever, whatever its token says.</summary>
internal sealed class DeafMailbox : Mailbox
{
    public override int Take(CancellationToken token) => base.Take(CancellationToken.None);
}

internal sealed class MailboxSpec<TMailbox> : ConcurrentSpec<Mailbox, Sequence<int>>
    where TMailbox : Mailbox, new()
{
    protected internal override Mailbox NewSubject() => new TMailbox();

    protected internal override Sequence<int> InitialState => Sequence<int>.Empty;

    protected internal override IEnumerable<Operation<Mailbox, Sequence<int>>> Operations =>
    [
        Operation("Put", Gen.Choose(1, 9), Put, (held, item) => held.Count == 0 ? (held.Add(item), true) : Step.Waits),
        Operation("Take", (box, token) => box.Take(token), held => held.Count == 1 ? (held.RemoveFirst(), held[0]) : Step.Waits),
    ];

    private static bool Put(Mailbox box, int item, CancellationToken token)
    {
        box.Put(item, token);
        return true;
    }
}
