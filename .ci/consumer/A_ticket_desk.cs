using ConcurrencySpecs.Queues;
using ConcurrencySpecs.Testing;
using ConcurrencySpecs.Testing.Xunit;
using Xunit;

public sealed class TicketDesk(int seats)
{
    private readonly Lock _gate = new();
    private int _seats = seats;

    public bool TrySell()
    {
        lock (_gate) return _seats > 0 && _seats-- > 0;
    }
}

public sealed class TicketDeskSpec : ConcurrentSpec<TicketDesk, int>
{
    protected override TicketDesk NewSubject() => new(seats: 2);

    protected override int InitialState => 2;

    protected override IEnumerable<Operation<TicketDesk, int>> Operations =>
        [Operation("TrySell", desk => desk.TrySell(), seats => seats > 0 ? (seats - 1, true) : (seats, false))];
}

public sealed class A_ticket_desk : ConcurrentFacts<TicketDeskSpec>
{
    [Fact]
    public void can_queue_its_customers() => Assert.True(new SpscQueue<string>(1).TryEnqueue("first"));
}
